//! Zip archives of a workspace.

use std::io::{self, Write};

use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveWriter, ZipSliceArchive};
use tierwalk_protocol::File;

use crate::state::{files::Files, import};

#[cfg(test)]
mod tests;

/// The most bytes that an imported archive may unpack to.
const MAX_UNPACKED: usize = 64 << 20;

/// The archive of these files.
///
/// # Errors
/// If the archive would not fit the format.
pub fn pack(files: &Files) -> Result<Vec<u8>, rawzip::Error> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for file in files.iter() {
        let (mut entry, config) = archive
            .new_file(&*file.path)
            .compression_method(CompressionMethod::DEFLATE)
            .start()?;
        let mut data = config.wrap(Counted(Vec::new()));
        data.write_all(file.text.as_bytes())
            .map_err(rawzip::Error::from)?;
        let (buffer, descriptor) = data.finish()?;
        entry
            .write_all(&compress_to_vec(&buffer.0, 6))
            .map_err(rawzip::Error::from)?;
        entry.finish(descriptor)?;
    }
    archive.finish()
}

/// Whether these bytes are an archive.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The files of an archive, and what was left out, in words.
pub fn unpack(name: &str, bytes: &[u8]) -> (Vec<File>, Vec<String>) {
    let unreadable = || vec![format!("`{name}` is not a zip archive that can be read")];
    let Ok(archive) = ZipArchive::from_slice(bytes) else {
        return (Vec::new(), unreadable());
    };
    let (mut files, mut left_out, mut room) = (Vec::new(), Vec::new(), MAX_UNPACKED);
    let mut entries = archive.entries();
    loop {
        match entries.next_entry() {
            Ok(Some(entry)) if entry.is_dir() => {}
            Ok(Some(entry)) => match file(&archive, &entry, &mut room) {
                Some(Ok(file)) => files.push(file),
                Some(Err(why)) => left_out.push(why),
                None => {}
            },
            Ok(None) => return (files, left_out),
            Err(_) => {
                left_out.extend(unreadable());
                return (files, left_out);
            }
        }
    }
}

type Entry<'a> = rawzip::ZipFileHeaderRecord<'a>;

fn file(
    archive: &ZipSliceArchive<&[u8]>,
    entry: &Entry<'_>,
    room: &mut usize,
) -> Option<Result<File, String>> {
    let path = entry.file_path().try_normalize().ok()?.as_ref().to_owned();
    if !import::wanted(&path) {
        return None;
    }
    let bytes = inflate(archive, entry, *room)
        .ok_or_else(|| format!("`{path}` could not be unpacked and was left out"));
    Some(bytes.and_then(|bytes| {
        *room -= bytes.len().min(*room);
        import::read(&path, bytes)
    }))
}

fn inflate(archive: &ZipSliceArchive<&[u8]>, entry: &Entry<'_>, room: usize) -> Option<Vec<u8>> {
    let data = archive.get_entry(entry.wayfinder()).ok()?.data();
    match entry.compression_method() {
        CompressionMethod::STORE if data.len() <= room => Some(data.to_vec()),
        CompressionMethod::DEFLATE => decompress_to_vec_with_limit(data, room).ok(),
        _ => None,
    }
}

/// Collects what is written through the archive's checksum.
struct Counted(Vec<u8>);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
