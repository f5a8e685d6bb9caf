//! The nodes of a tree, in pieces of one length: one list that grows would for a while take three times
//! what it holds, and a page of a million cells has some millions of them.

use std::ops::{Index, IndexMut};

use super::{Node, NodeId};

/// How many nodes a piece has.
const PIECE: usize = 1 << 14;

/// Nodes by their numbers, from 0.
#[derive(Debug)]
pub(super) struct Nodes {
    pieces: Vec<Vec<Node>>,
    count: usize,
}

impl Nodes {
    /// One node.
    pub(super) fn of(node: Node) -> Self {
        Self {
            pieces: vec![vec![node]],
            count: 1,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Puts one behind the others.
    pub(super) fn push(&mut self, node: Node) {
        match self.pieces.last_mut().filter(|piece| piece.len() < PIECE) {
            Some(piece) => piece.push(node),
            None => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(node);
                self.pieces.push(piece);
            }
        }
        self.count += 1;
    }
}

impl Index<NodeId> for Nodes {
    type Output = Node;

    fn index(&self, node: NodeId) -> &Node {
        &self.pieces[node / PIECE][node % PIECE]
    }
}

impl IndexMut<NodeId> for Nodes {
    fn index_mut(&mut self, node: NodeId) -> &mut Node {
        &mut self.pieces[node / PIECE][node % PIECE]
    }
}
