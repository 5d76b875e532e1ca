//! A whole workspace as the text of a link, and where in it the reader was.
//!
//! The version and a `.`, then url-safe base64. Version 2 holds the place (file, flow, end and step), then the
//! files, each as path and text with their lengths in front, all in a deflate stream that is primed with common words,
//! and a checksum. Version 3 is the same with the chosen cluster behind the step, and is written only where one is
//! chosen, so that earlier pages open all other links. Version 1 holds the files alone in a zlib stream. Decoding is total: any text gives files or says
//! what is wrong with it, and no text makes it reserve more than [`MAX_BYTES`].

mod pack;
mod primed;

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use miniz_oxide::{
    deflate::compress_to_vec_zlib,
    inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit},
};

use crate::{Direction, File};

#[cfg(test)]
mod tests;

/// The most bytes that the files of a link may unpack to.
pub const MAX_BYTES: usize = 32 << 20;

/// The version that links are made in.
const VERSION: u32 = 2;

/// The version of links that name a cluster.
const WITH_CLUSTER: u32 = 3;

/// What texts for storage start with.
const STORED: &str = "1.";

/// Best compression: a link is made once and sent around.
const BEST: u8 = 10;

/// Walks have fewer steps; numbers are not written longer.
const MAX_STEP: u32 = 9_999;

/// Quick compression: what is stored is packed again and again.
const QUICK: u8 = 1;

/// Why a text is not a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareError {
    /// It does not start with a version.
    NotALink,
    /// It was made by a later Tierwalk.
    Newer {
        /// The version it names.
        version: u32,
    },
    /// It is cut off or was altered on its way.
    Damaged,
    /// It would unpack to more than [`MAX_BYTES`].
    TooLarge,
    /// It names a file outside the workspace, or the same file twice.
    BadPath(String),
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALink => f.write_str("it holds no workspace"),
            Self::Newer { version } => write!(
                f,
                "it has format {version}, and this page reads formats up to {WITH_CLUSTER}; reload the page to get the current one"
            ),
            Self::Damaged => f.write_str("it is cut off or was altered on its way"),
            Self::TooLarge => write!(f, "it unpacks to more than {} MB", MAX_BYTES >> 20),
            Self::BadPath(path) => {
                write!(f, "it names the file `{path}`, which no workspace can hold")
            }
        }
    }
}

impl std::error::Error for ShareError {}

/// Where in a workspace the reader was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The file in the editor.
    pub open: Option<String>,
    /// Id of the chosen flow.
    pub flow: Option<String>,
    /// The end of the walk that is shown, and its step at hand, from 0.
    pub step: Option<(Direction, u32)>,
    /// The cluster whose objects take part, of those that templates are compiled for.
    pub cluster: Option<String>,
}

/// The link text of these files. Characters are letters, digits, `-`, `_` and one `.`.
#[must_use]
pub fn encode(files: &[File], reading: &Reading) -> String {
    let mut bytes = Vec::new();
    pack::text(&mut bytes, reading.open.as_deref().unwrap_or_default());
    pack::text(&mut bytes, reading.flow.as_deref().unwrap_or_default());
    let (end, step) = match reading.step {
        None => (0, 0),
        Some((Direction::Egress, step)) => (1, step),
        Some((Direction::Ingress, step)) => (2, step),
    };
    pack::number(&mut bytes, end);
    pack::number(&mut bytes, step.min(MAX_STEP) as usize);
    let cluster = reading.cluster.as_deref();
    if let Some(cluster) = cluster {
        pack::text(&mut bytes, cluster);
    }
    pack::files(&mut bytes, files);
    let mut link = format!("{}.", cluster.map_or(VERSION, |_| WITH_CLUSTER));
    URL_SAFE_NO_PAD.encode_string(primed::deflate(&bytes), &mut link);
    link
}

/// Files alone as a text for storage: longer, sooner.
#[must_use]
pub fn encode_quickly(files: &[File]) -> String {
    let mut bytes = Vec::new();
    pack::files(&mut bytes, files);
    let mut link = STORED.to_owned();
    URL_SAFE_NO_PAD.encode_string(compress_to_vec_zlib(&bytes, QUICK), &mut link);
    link
}

/// The files of a link text, and where the reader was.
///
/// # Errors
/// Says what is wrong with a text that neither [`encode`] nor [`encode_quickly`] made.
pub fn decode(link: &str) -> Result<(Vec<File>, Reading), ShareError> {
    let (version, body) = link.split_once('.').ok_or(ShareError::NotALink)?;
    let version: u32 = version.parse().map_err(|_| ShareError::NotALink)?;
    let packed = || {
        URL_SAFE_NO_PAD
            .decode(body)
            .map_err(|_| ShareError::Damaged)
    };
    let (files, reading) = match version {
        0 => return Err(ShareError::NotALink),
        1 => (files_alone(&packed()?)?, Reading::default()),
        VERSION | WITH_CLUSTER => with_reading(&packed()?, version)?,
        version => return Err(ShareError::Newer { version }),
    };
    Ok((check(files)?, reading))
}

fn files_alone(packed: &[u8]) -> Result<Vec<File>, ShareError> {
    let bytes = decompress_to_vec_zlib_with_limit(packed, MAX_BYTES).map_err(|error| {
        if error.status == TINFLStatus::HasMoreOutput {
            ShareError::TooLarge
        } else {
            ShareError::Damaged
        }
    })?;
    pack::take_files(&bytes).ok_or(ShareError::Damaged)
}

fn with_reading(packed: &[u8], version: u32) -> Result<(Vec<File>, Reading), ShareError> {
    let bytes = primed::inflate(packed)?;
    let mut rest = bytes.as_slice();
    let mut reading = take_reading(&mut rest).ok_or(ShareError::Damaged)?;
    if version == WITH_CLUSTER {
        reading.cluster = Some(pack::take_text(&mut rest).ok_or(ShareError::Damaged)?);
    }
    let files = pack::take_files(rest).ok_or(ShareError::Damaged)?;
    Ok((files, reading))
}

fn take_reading(bytes: &mut &[u8]) -> Option<Reading> {
    let written = |text: String| Some(text).filter(|text| !text.is_empty());
    let open = written(pack::take_text(bytes)?);
    let flow = written(pack::take_text(bytes)?);
    let end = pack::take_number(bytes)?;
    let step = pack::take_number(bytes)? as u32;
    let step = match end {
        0 => None,
        1 => Some((Direction::Egress, step)),
        2 => Some((Direction::Ingress, step)),
        _ => return None,
    };
    Some(Reading {
        open,
        flow,
        step,
        cluster: None,
    })
}

/// Whether a workspace may hold a file of this path: relative, `/`-separated, without empty, `.` or
/// `..` parts and without control characters.
#[must_use]
pub fn is_path(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(|c: char| c.is_control() || c == '\\')
}

fn check(files: Vec<File>) -> Result<Vec<File>, ShareError> {
    let mut paths: Vec<_> = files.iter().map(|file| &file.path).collect();
    paths.sort_unstable();
    let twice = paths.windows(2).find(|pair| pair.first() == pair.last());
    let outside = paths.iter().find(|path| !is_path(path));
    match outside.or(twice.and_then(|pair| pair.first())) {
        Some(path) => Err(ShareError::BadPath(path.to_string())),
        None => Ok(files),
    }
}
