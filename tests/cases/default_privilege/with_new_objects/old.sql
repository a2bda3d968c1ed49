create schema library;
