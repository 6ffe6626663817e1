//! What stands on the pages, from top to bottom: strips that are never broken,
//! what they belong to for a reader that reads aloud, and which of them stay
//! together.

use krilla::tagging::{Identifier, Node, Tag, TagGroup, TagKind, TagTree};

use super::letters::Letters;
use super::lines::{Ink, Line, Span, broken};

/// A band of the page with lines beside each other.
pub(super) struct Strip {
    /// Free space above it, unless it begins a page.
    pub above: f32,
    pub height: f32,
    /// No page break below.
    pub keep: bool,
    /// Lines with their left edge and the place in the tree that they belong to.
    pub lines: Vec<(f32, Line, usize)>,
    /// From the top of the strip to where the letters stand.
    pub baseline: f32,
    pub bar: Option<Bar>,
    /// A rule above it, unless it begins a page.
    pub rule: bool,
    /// The part of the document, and whether it begins here.
    pub part: usize,
    pub begins: bool,
}

/// A coloured bar at the left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub x: f32,
    pub ink: Ink,
}

/// A node of the tree that says what is a heading, a list, a paragraph.
struct Leaf {
    tag: TagKind,
    children: Vec<Child>,
}

enum Child {
    Group(usize),
    Mark(Identifier),
}

pub(super) struct Flow {
    pub letters: Letters,
    pub strips: Vec<Strip>,
    tree: Vec<Leaf>,
    /// The width of the text, in points.
    pub width: f32,
    pub part: usize,
    begins: bool,
}

/// Where a paragraph stands and how it keeps together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub left: f32,
    /// Space above the first line.
    pub above: f32,
    /// From line to line.
    pub pitch: f32,
    /// The last line stays with what follows.
    pub keep: bool,
    pub bar: Option<Bar>,
    pub rule: bool,
}

/// The root of the tree.
pub(super) const ROOT: usize = 0;

impl Flow {
    pub fn new(letters: Letters, width: f32) -> Self {
        Self {
            letters,
            strips: Vec::new(),
            tree: vec![Leaf {
                tag: Tag::Div.into(),
                children: Vec::new(),
            }],
            width,
            part: 0,
            begins: false,
        }
    }

    /// What is added from now on belongs to the next part.
    pub fn next_part(&mut self) {
        self.part += 1;
        self.begins = true;
    }

    /// A new node below another.
    pub fn node(&mut self, parent: usize, tag: impl Into<TagKind>) -> usize {
        let at = self.tree.len();
        self.tree.push(Leaf {
            tag: tag.into(),
            children: Vec::new(),
        });
        if let Some(parent) = self.tree.get_mut(parent) {
            parent.children.push(Child::Group(at));
        }
        at
    }

    /// Notes that a mark of a page belongs to a node; what was written there,
    /// where it shows something else, is for those who listen.
    pub fn mark(&mut self, node: usize, mark: Identifier, written: Option<&str>) {
        let node = match written {
            Some(text) => self.node(node, Tag::Span.with_actual_text(Some(text.to_owned()))),
            None => node,
        };
        if let Some(node) = self.tree.get_mut(node) {
            node.children.push(Child::Mark(mark));
        }
    }

    /// A paragraph over the width that is left.
    pub fn text(&mut self, node: usize, spans: &[Span], place: Place) {
        self.columns(&[(node, place.left, self.width, spans)], place);
    }

    /// Paragraphs beside each other: node, left edge, right edge, text.
    pub fn columns(&mut self, columns: &[(usize, f32, f32, &[Span])], place: Place) {
        let mut broken: Vec<(usize, f32, std::vec::IntoIter<Line>)> = columns
            .iter()
            .map(|(node, left, right, spans)| {
                let lines = broken(&mut self.letters, spans, (right - left).max(20.0));
                (*node, *left, lines.into_iter())
            })
            .collect();
        let rows = broken.iter().map(|(_, _, l)| l.len()).max().unwrap_or(0);
        for row in 0..rows {
            let lines: Vec<(f32, Line, usize)> = broken
                .iter_mut()
                .filter_map(|(node, left, lines)| Some((*left, lines.next()?, *node)))
                .collect();
            let last = row + 1 == rows;
            // No line of a paragraph stands alone on a page.
            let alone = row == 0 || row + 2 == rows;
            self.strips.push(Strip {
                above: if row == 0 { place.above } else { 0.0 },
                height: place.pitch,
                keep: if last { place.keep } else { alone },
                lines,
                baseline: place.pitch * 0.76,
                bar: place.bar,
                rule: place.rule && row == 0,
                part: self.part,
                begins: std::mem::take(&mut self.begins),
            });
        }
    }

    /// The tree, once all marks are noted.
    pub fn tree(&mut self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        for node in self.children(ROOT) {
            tree.push(node);
        }
        tree
    }

    fn children(&mut self, of: usize) -> Vec<Node> {
        let children = self
            .tree
            .get_mut(of)
            .map(|l| std::mem::take(&mut l.children));
        let mut nodes = Vec::new();
        for child in children.unwrap_or_default() {
            match child {
                Child::Mark(mark) => nodes.push(Node::Leaf(mark)),
                Child::Group(at) => {
                    let inside = self.children(at);
                    if let Some(leaf) = self.tree.get(at).filter(|_| !inside.is_empty()) {
                        let group = TagGroup::with_children(leaf.tag.clone(), inside);
                        nodes.push(Node::Group(group));
                    }
                }
            }
        }
        nodes
    }
}
