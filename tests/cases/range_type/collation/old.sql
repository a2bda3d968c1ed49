create type name_range as range (subtype = text);
