//! The registry of systems: what `--from` can say.

mod alembic;
mod alphabetical;
mod atlas;
mod dbmate;
mod diesel;
mod django;
mod drizzle;
mod ecto;
mod flyway;
mod golang_migrate;
mod goose;
mod knex;
mod laravel;
mod node_postgres;
mod numbered;
mod prisma;
mod python;
mod rails;
mod refinery;
mod sequelize;
mod sqlx;
mod supabase;
mod typeorm;

use super::system::System;

/// Every system, in the order in which help lists them.
pub const SYSTEMS: &[System] = &[
    numbered::SYSTEM,
    alphabetical::SYSTEM,
    python::SYSTEM,
    drizzle::SYSTEM,
    sqlx::SYSTEM,
    refinery::SYSTEM,
    diesel::SYSTEM,
    flyway::SYSTEM,
    golang_migrate::SYSTEM,
    goose::SYSTEM,
    dbmate::SYSTEM,
    atlas::SYSTEM,
    supabase::SYSTEM,
    prisma::SYSTEM,
    node_postgres::SYSTEM,
    knex::SYSTEM,
    sequelize::SYSTEM,
    typeorm::SYSTEM,
    rails::SYSTEM,
    django::SYSTEM,
    alembic::SYSTEM,
    ecto::SYSTEM,
    laravel::SYSTEM,
];
