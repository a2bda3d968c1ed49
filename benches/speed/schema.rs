//! The schema that is measured with: many tables of the same shape, each referring to the one before it.

/// Three changes, one of each sort.
pub const CHANGES: &str = "ALTER TABLE t1 ADD COLUMN added text;
DROP INDEX t2_c1_idx;
ALTER TABLE t3 ALTER COLUMN c7 SET DEFAULT 'changed';";

/// The statements that make so many tables, each with ten columns, key, two indexes, foreign key, check and comment.
pub fn statements(tables: usize) -> Vec<String> {
    (1..=tables).flat_map(table).collect()
}

fn table(number: usize) -> Vec<String> {
    let name = format!("t{number}");
    let parent = number.saturating_sub(1).max(1);
    vec![
        format!(
            "CREATE TABLE {name} (
    id bigint GENERATED ALWAYS AS IDENTITY,
    parent_id bigint,
    c1 text NOT NULL,
    c2 integer DEFAULT 0 NOT NULL,
    c3 numeric(12,2),
    c4 timestamp with time zone DEFAULT now() NOT NULL,
    c5 boolean DEFAULT false NOT NULL,
    c6 jsonb,
    c7 character varying(80) DEFAULT 'none'::character varying,
    c8 date,
    CONSTRAINT {name}_pkey PRIMARY KEY (id),
    CONSTRAINT {name}_c2_check CHECK (c2 >= 0),
    CONSTRAINT {name}_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES t{parent} (id)
)"
        ),
        format!("CREATE INDEX {name}_c1_idx ON {name} (c1)"),
        format!("CREATE INDEX {name}_c4_idx ON {name} (c4 DESC, c2)"),
        format!("COMMENT ON TABLE {name} IS 'the table of number {number}'"),
    ]
}
