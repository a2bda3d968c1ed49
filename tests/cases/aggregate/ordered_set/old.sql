create table word (
    spelling text
);
