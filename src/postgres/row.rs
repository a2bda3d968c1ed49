//! A row of a catalog query becomes a struct: the name of a column is the name of a field.

use std::cell::OnceCell;
use std::fmt::Display;
use std::slice::Iter;

use serde::de::value::SeqDeserializer;
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use tokio_postgres::types::{FromSql, Kind as TypeKind, Type};

use crate::{Error, ErrorKind, Result};

/// Where the columns of a query's rows are: names are sought once a query, not once a row.
pub struct Shape {
    columns: Vec<String>,
    fields: OnceCell<Vec<usize>>,
}

impl Shape {
    /// The shape of `row`, and of all that its query gives; they are read as one type.
    pub fn new(row: &tokio_postgres::Row) -> Shape {
        let columns = row.columns().iter().map(|column| column.name().to_owned());
        Shape { columns: columns.collect(), fields: OnceCell::new() }
    }

    /// The place of a column, if the query gives it.
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }

    /// The places of all of these columns.
    ///
    /// # Errors
    /// Of kind `Catalog`, where the query does not give one of them.
    pub fn places<const N: usize>(&self, columns: [&str; N]) -> Result<[usize; N]> {
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            let missing = || Error::new(ErrorKind::Catalog, format!("a query gives no column `{column}`"));
            *place = self.place(column).ok_or_else(missing)?;
        }
        Ok(places)
    }

    fn fields(&self, names: &[&str]) -> Result<&[usize], de::value::Error> {
        if self.fields.get().is_none() {
            let missing = |name: &str| de::Error::custom(format!("there is no column `{name}`"));
            let places = names.iter().map(|name| self.place(name).ok_or_else(|| missing(name)));
            let _ = self.fields.set(places.collect::<Result<_, _>>()?);
        }
        Ok(self.fields.get().map(Vec::as_slice).unwrap_or_default())
    }
}

/// One row as the server sent it.
pub struct Row<'a> {
    row: &'a tokio_postgres::Row,
    shape: &'a Shape,
}

impl<'a> Row<'a> {
    /// The row, which has this shape.
    pub fn new(row: &'a tokio_postgres::Row, shape: &'a Shape) -> Row<'a> {
        Row { row, shape }
    }

    /// One column; the query says what type it has.
    pub fn get<T: FromSql<'a>>(&self, place: usize) -> T {
        self.row.get(place)
    }

    /// The row as a `T`, whose fields are columns of the row. Columns that are no field of it are passed over.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        T::deserialize(Columns { row: self, fields: [].iter(), places: [].iter() }).map_err(|error| {
            Error::new(ErrorKind::Catalog, format!("a row of the catalog cannot be read: {error}"))
        })
    }
}

struct Columns<'a> {
    row: &'a Row<'a>,
    fields: Iter<'a, &'static str>,
    places: Iter<'a, usize>,
}

impl<'de> Deserializer<'de> for Columns<'_> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.places = self.row.shape.fields(fields)?.iter();
        self.fields = fields.iter();
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Columns<'_> {
    type Error = de::value::Error;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        match self.fields.as_slice().first() {
            Some(field) => seed.deserialize(field.into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        let (Some(field), Some(place)) = (self.fields.next(), self.places.next()) else {
            return Err(de::Error::custom("a value is read before its name"));
        };
        let named = |error: &dyn Display| de::Error::custom(format!("column `{field}`: {error}"));
        let value: Value = self.row.row.try_get(*place).map_err(|error| named(&error))?;
        seed.deserialize(value).map_err(|error: Self::Error| named(&error))
    }
}

/// One value in the server's binary form, with its type.
struct Value<'a> {
    type_: Type,
    bytes: Option<&'a [u8]>,
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(type_: &Type, bytes: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Value { type_: type_.clone(), bytes: Some(bytes) })
    }
    fn from_sql_null(type_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Value { type_: type_.clone(), bytes: None })
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

impl Value<'_> {
    fn as_<'a, T: FromSql<'a>>(&'a self, bytes: &'a [u8]) -> Result<T, de::value::Error> {
        if !T::accepts(&self.type_) {
            return Err(de::Error::custom(format!("the query gives a {}", self.type_)));
        }
        T::from_sql(&self.type_, bytes).map_err(de::Error::custom)
    }
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let Some(bytes) = self.bytes else { return visitor.visit_unit() };
        match self.type_ {
            Type::BOOL => visitor.visit_bool(self.as_(bytes)?),
            Type::CHAR => visitor.visit_char(char::from(bytes[0])),
            Type::INT2 => visitor.visit_i16(self.as_(bytes)?),
            Type::INT4 => visitor.visit_i32(self.as_(bytes)?),
            Type::INT8 => visitor.visit_i64(self.as_(bytes)?),
            Type::OID => visitor.visit_u32(self.as_(bytes)?),
            Type::FLOAT4 => visitor.visit_f32(self.as_(bytes)?),
            Type::FLOAT8 => visitor.visit_f64(self.as_(bytes)?),
            // A version byte stands before the text of a jsonb.
            Type::JSONB | Type::JSON => {
                let text = if self.type_ == Type::JSONB { &bytes[1..] } else { bytes };
                let value: serde_json::Value = serde_json::from_slice(text).map_err(de::Error::custom)?;
                value.deserialize_any(visitor).map_err(de::Error::custom)
            }
            _ => match self.type_.kind() {
                TypeKind::Array(Type::BOOL) => sequence::<bool, V>(self.as_(bytes)?, visitor),
                TypeKind::Array(Type::INT2) => sequence::<i16, V>(self.as_(bytes)?, visitor),
                TypeKind::Array(Type::INT4) => sequence::<i32, V>(self.as_(bytes)?, visitor),
                TypeKind::Array(_) => sequence::<String, V>(self.as_(bytes)?, visitor),
                _ => visitor.visit_str(self.as_(bytes)?),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.bytes.is_some() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

fn sequence<'de, T, V>(items: Vec<Option<T>>, visitor: V) -> Result<V::Value, de::value::Error>
where
    T: IntoDeserializer<'de, de::value::Error>,
    V: Visitor<'de>,
{
    visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Item)))
}

/// An element of an array, which may be NULL.
struct Item<T>(Option<T>);

impl<'de, T: IntoDeserializer<'de, de::value::Error>> IntoDeserializer<'de, de::value::Error> for Item<T> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de, T: IntoDeserializer<'de, de::value::Error>> Deserializer<'de> for Item<T> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Some(item) => item.into_deserializer().deserialize_any(visitor),
            None => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.0.is_some() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
