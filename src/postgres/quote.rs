//! Spells literals, names and bodies so that the server reads back exactly what was meant.

use crate::source::words::Words;

/// Every keyword that the server's own `quote_ident` quotes: all but the non-reserved ones in
/// appendix C of PostgreSQL's documentation, of versions 14 to 18 together. One that an older
/// server does not know is quoted there without harm.
const KEYWORDS: &str = "all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean \
    both case cast char character check coalesce collate collation column concurrently constraint create \
    cross current_catalog current_date current_role current_schema current_time current_timestamp \
    current_user dec decimal default deferrable desc distinct do else end except exists extract false \
    fetch float for foreign freeze from full grant greatest group grouping having ilike in initially \
    inner inout int integer intersect interval into is isnull join json json_array json_arrayagg \
    json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value \
    lateral leading least left like limit localtime localtimestamp merge_action national natural nchar \
    none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay \
    placing position precision primary real references returning right row select session_user setof \
    similar smallint some substring symmetric system_user table tablesample then time timestamp to \
    trailing treat trim true union unique user using values varchar variadic verbose when where window \
    with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot \
    xmlserialize xmltable";

/// A text as a string constant: `'it''s'`. One with a backslash becomes `E'...'`, which means the
/// same under either setting of `standard_conforming_strings`.
pub fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''");
    if quoted.contains('\\') { format!("E'{}'", quoted.replace('\\', "\\\\")) } else { format!("'{quoted}'") }
}

/// The longest start of a name that has at most `limit` bytes; the server keeps 63 of a name.
pub fn shortened(name: &str, limit: usize) -> &str {
    let mut end = name.len().min(limit);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// A name as the server's `quote_ident` spells it: in quotes only where it needs them.
pub fn identifier(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !KEYWORDS.split(' ').any(|keyword| keyword == name);
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// The words by which ALTER names an object (`TABLE shop.plan`, `TRIGGER audit ON shop.plan`), with another name in the
/// place of its own. They begin with `keyword`; `name` is unquoted.
pub fn respelled(spelling: &str, keyword: &str, name: &str) -> String {
    let words = Words::new(spelling);
    let behind = words.qualified(keyword.split(' ').count(), &mut Vec::new());
    match behind.checked_sub(1).and_then(|own| words.token(own)) {
        Some(own) => format!("{}{}{}", &spelling[..own.start], identifier(name), &spelling[own.end..]),
        None => spelling.to_owned(),
    }
}

/// A body between dollar quotes, under the first of `$$`, `$body$`, `$body1$` ... that the body
/// neither contains nor, with its last characters, begins.
pub fn dollar(body: &str) -> String {
    let tag = std::iter::once(String::new())
        .chain(std::iter::once("body".to_owned()))
        .chain((1..).map(|number| format!("body{number}")))
        .find(|tag| !format!("{body}$").contains(&format!("${tag}$")))
        .expect("a finite body cannot contain every tag");
    format!("${tag}${body}${tag}$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals() {
        assert_eq!(literal("oat milk"), "'oat milk'");
        assert_eq!(literal("baker's yeast"), "'baker''s yeast'");
        assert_eq!(literal(r"C:\plans"), r"E'C:\\plans'");
        assert_eq!(literal(""), "''");
    }

    #[test]
    fn names_are_quoted_only_where_needed() {
        for plain in ["foods", "_hidden", "plan2", "name", "type", "comment"] {
            assert_eq!(identifier(plain), plain);
        }
        for quoted in ["user", "order", "Foods", "2nd", "a-b", "a$b", "crème", "", "between", "left"] {
            assert_eq!(identifier(quoted), format!("\"{quoted}\""));
        }
        assert_eq!(identifier("say \"hi\""), "\"say \"\"hi\"\"\"");
    }

    #[test]
    fn only_the_own_name_is_respelled() {
        assert_eq!(respelled("TABLE shop.plan", "TABLE", "Plan"), "TABLE shop.\"Plan\"");
        assert_eq!(respelled("FUNCTION plan.plan(plan.plan)", "FUNCTION", "p"), "FUNCTION plan.p(plan.plan)");
        assert_eq!(respelled("TRIGGER \"a.b\" ON plan.plan", "TRIGGER", "c"), "TRIGGER c ON plan.plan");
        assert_eq!(
            respelled("OPERATOR CLASS a.b USING c", "OPERATOR CLASS", "d"),
            "OPERATOR CLASS a.d USING c"
        );
        assert_eq!(respelled("SCHEMA shop", "SCHEMA", "store"), "SCHEMA store");
    }

    #[test]
    fn a_dollar_tag_never_occurs_in_its_body() {
        assert_eq!(dollar("SELECT 1"), "$$SELECT 1$$");
        assert_eq!(dollar("DO $$ x $$"), "$body$DO $$ x $$$body$");
        assert_eq!(dollar("$$ $body$"), "$body1$$$ $body$$body1$");
        assert_eq!(dollar("costs 5$"), "$body$costs 5$$body$");
        assert_eq!(dollar("$body"), "$$$body$$");
    }
}
