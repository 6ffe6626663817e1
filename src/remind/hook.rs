//! The snippets for shells and git.
