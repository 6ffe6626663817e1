//! The terminal interface.
pub mod clipboard;
pub mod signals;
pub mod terminal;
pub mod widgets;

/// Runs the interface until the user leaves it.
///
/// # Errors
///
/// Those of the terminal.
pub fn run(context: &crate::cli::Context) -> std::io::Result<()> {
    let _ = context;
    Err(std::io::Error::other("there are no screens yet"))
}
