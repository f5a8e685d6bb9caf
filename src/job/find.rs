//! What is found in texts. They have come before it, each as a record of its own, and the worker
//! keeps them for the next question, unless it is told to forget them.

use serde::{Deserialize, Serialize};

use super::{Failure, Mirror, Question, Request, Response, response};
use crate::document::VersionId;
use crate::find::{Hit, Query, hits_in_context};
use crate::text::Span;
use crate::time::Timestamp;
use crate::words;

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// How many hits there are.
    pub count: usize,
    /// There are more than are counted.
    pub is_cut: bool,
    /// All of them, where none was to be listed.
    pub spans: Vec<Span>,
    /// Those that were to be listed.
    pub hits: Vec<Hit>,
}

/// Asks for it, text by text. So many hits of each are to be listed in context; without a number the
/// places of all of them are asked for. Texts that are forgotten have to be sent anew.
#[must_use]
pub fn ask_to_find(
    query: &Query,
    texts: Vec<VersionId>,
    listed: Option<usize>,
    forget: bool,
) -> Question {
    let request = Request::Find {
        query: query.clone(),
        texts,
        listed,
        forget,
    };
    Question::new(request, [], Timestamp(0))
}

/// The answer: for each text what was found; nothing where it can't be read.
///
/// # Errors
/// When the query can't be understood, or the answer.
pub fn found(bytes: &[u8]) -> Result<Vec<Option<Found>>, Failure> {
    match response(bytes)? {
        Response::Found(found) => Ok(found),
        _ => Err(Failure::garbled(words::worker::ANSWER)),
    }
}

pub(super) fn answer(
    mirror: &mut Mirror,
    query: &Query,
    texts: &[VersionId],
    listed: Option<usize>,
    forget: bool,
) -> Result<Response, Failure> {
    let search = query.search().map_err(Failure::refused)?;
    let mut found = Vec::new();
    for name in texts {
        let version = mirror.said(name);
        found.push(version.map(|version| {
            let hits = search.hits(version.text.text());
            let first = listed.map(|most| &hits.spans[..most.min(hits.spans.len())]);
            Found {
                count: hits.spans.len(),
                is_cut: hits.is_cut,
                hits: first.map_or_else(Vec::new, |first| hits_in_context(version, first)),
                spans: if listed.is_none() {
                    hits.spans
                } else {
                    Vec::new()
                },
            }
        }));
        if forget {
            mirror.forget(name);
        }
    }
    Ok(Response::Found(found))
}
