create schema plain;
