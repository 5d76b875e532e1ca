//! Deflate, primed with words that policies are full of: a short text costs few bytes more than what is its own.

use miniz_oxide::{
    DataFormat,
    deflate::core::{
        CompressionStrategy, CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output,
    },
    inflate::{
        TINFLStatus,
        core::{
            DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
        },
    },
    mz_adler32_oxide,
};

use super::{BEST, MAX_BYTES, ShareError};

/// The words. Links of version 2 cannot be read without exactly these: they are never changed.
const WORDS: &[u8] = include_bytes!("words.txt");

/// What the first guess at the length of what was packed is.
const GUESS: usize = 16 << 10;

/// Packs bytes, with a checksum of four bytes behind.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut compressor =
        CompressorOxide::with_params(DataFormat::Raw, BEST, CompressionStrategy::Default, 15);
    run(&mut compressor, WORDS, TDEFLFlush::Sync);
    let mut packed = run(&mut compressor, bytes, TDEFLFlush::Finish);
    packed.extend(mz_adler32_oxide(1, bytes).to_be_bytes());
    packed
}

fn run(compressor: &mut CompressorOxide, bytes: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut status, _) = compress_to_output(compressor, bytes, flush, |packed| {
        out.extend_from_slice(packed);
        true
    });
    while flush == TDEFLFlush::Finish && status == TDEFLStatus::Okay {
        (status, _) = compress_to_output(compressor, &[], flush, |packed| {
            out.extend_from_slice(packed);
            true
        });
    }
    out
}

/// What [`deflate`] packed.
pub(super) fn inflate(packed: &[u8]) -> Result<Vec<u8>, ShareError> {
    let (packed, sum) = packed.split_last_chunk::<4>().ok_or(ShareError::Damaged)?;
    let bytes = unpacked(packed)?;
    match mz_adler32_oxide(1, &bytes) == u32::from_be_bytes(*sum) {
        true => Ok(bytes),
        false => Err(ShareError::Damaged),
    }
}

fn unpacked(packed: &[u8]) -> Result<Vec<u8>, ShareError> {
    let most = WORDS.len() + MAX_BYTES;
    let mut out = WORDS.to_vec();
    let mut state = Box::new(DecompressorOxide::new());
    let (mut read, mut at) = (0, WORDS.len());
    loop {
        out.resize((out.len() * 2).max(GUESS).min(most), 0);
        let rest = packed.get(read..).unwrap_or_default();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, more, written) = decompress(&mut state, rest, &mut out, at, flags);
        (read, at) = (read + more, at + written);
        match status {
            TINFLStatus::Done if read == packed.len() => break,
            TINFLStatus::HasMoreOutput if out.len() < most => {}
            TINFLStatus::HasMoreOutput => return Err(ShareError::TooLarge),
            _ => return Err(ShareError::Damaged),
        }
    }
    out.truncate(at);
    Ok(out.split_off(WORDS.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_never_change() {
        assert_eq!(
            (WORDS.len(), mz_adler32_oxide(1, WORDS)),
            (7589, 3187453980)
        );
    }
}
