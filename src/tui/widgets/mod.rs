//! Parts that several screens are made of.

pub mod text_field;

pub mod timeline;
