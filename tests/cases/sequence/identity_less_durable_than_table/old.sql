create unlogged table draft (
    title text
);
