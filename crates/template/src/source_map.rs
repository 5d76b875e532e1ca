#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tierwalk_source::{Diagnostic, LineIndex, Span};

/// How a place in a template came to make a line of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// Its value was written there.
    Written,
    /// Nobody wrote it: it is the field's default, and the place is where it could be written.
    Default,
    /// It follows from the kind of object alone, such as `spec:`. A margin leaves such lines blank.
    Structure,
}

/// The place in a template that made a line of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplatePlace {
    /// How it did.
    pub kind: PlaceKind,
    /// The field, as `EGRESS[1].EgressPort` or `values.port`.
    pub field: String,
    /// Where the field stands, relative to the text of the template's document.
    pub span: Span,
    /// The line of the span's start in the same text, from 1.
    pub line: u32,
    /// For a template of the organisation's own: the line of its definition that wrote the output.
    pub definition: Option<DefinitionLine>,
}

/// A line of an organisation's template definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionLine {
    /// Name of the template.
    pub template: String,
    /// Line in the text of the definition's document, from 1.
    pub line: u32,
}

/// Ties every line of one compiled manifest to the template line and field that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    places: Vec<TemplatePlace>,
    /// For each line of output, an index into `places`.
    lines: Vec<Option<u32>>,
}

/// Index of a place in the [`Places`] of a document.
pub(crate) type PlaceId = u32;

impl SourceMap {
    /// Keeps those of the places that made a line.
    pub(crate) fn new(all: &[TemplatePlace], mut lines: Vec<Option<PlaceId>>) -> Self {
        let mut kept: BTreeMap<PlaceId, u32> = BTreeMap::new();
        let mut places = Vec::new();
        for line in &mut lines {
            *line = line.and_then(|place| {
                if let Some(index) = kept.get(&place) {
                    return Some(*index);
                }
                places.push(all.get(place as usize)?.clone());
                let index = places.len() as u32 - 1;
                kept.insert(place, index);
                Some(index)
            });
        }
        Self { places, lines }
    }

    /// What made a line of output, counted from 1.
    pub fn origin(&self, output_line: u32) -> Option<&TemplatePlace> {
        let place = (*self.lines.get(output_line.checked_sub(1)? as usize)?)?;
        self.places.get(place as usize)
    }

    /// The same, for a longer text in which the template's text begins at `offset`, after `lines` lines.
    #[must_use]
    pub fn shifted(mut self, offset: usize, lines: u32) -> Self {
        for place in &mut self.places {
            place.span = place.span.shifted(offset);
            place.line += lines;
        }
        self
    }

    /// How many lines of output it covers.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it covers no line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A problem on a line of output (from 1), told at the place in the template that made the line. `None`
    /// if no place did. Fixes are dropped: they would edit the output.
    pub fn to_template(&self, line: u32, problem: &Diagnostic) -> Option<Diagnostic> {
        let place = self.origin(line)?;
        let mut moved = Diagnostic::new(
            problem.severity,
            problem.code,
            place.span,
            problem.message.clone(),
        );
        moved.help.clone_from(&problem.help);
        Some(moved)
    }
}

/// Places of one template document, collected while it is compiled.
pub(crate) struct Places {
    index: LineIndex,
    pub(crate) all: Vec<TemplatePlace>,
    /// Copies of places on lines of a definition: the place, whether only its structure, and the line.
    on_lines: BTreeMap<(PlaceId, bool, u32), PlaceId>,
}

impl Places {
    pub(crate) fn new(text: &str) -> Self {
        Self {
            index: LineIndex::new(text),
            all: Vec::new(),
            on_lines: BTreeMap::new(),
        }
    }

    /// The field of a place.
    pub(crate) fn field(&self, place: PlaceId) -> Option<&str> {
        self.all
            .get(place as usize)
            .map(|place| place.field.as_str())
    }

    /// The place of each field; the first one that was added.
    pub(crate) fn by_field(&self) -> BTreeMap<String, PlaceId> {
        let mut by_field = BTreeMap::new();
        for (id, place) in self.all.iter().enumerate() {
            by_field.entry(place.field.clone()).or_insert(id as PlaceId);
        }
        by_field
    }

    /// The same place, with the line of a definition that wrote the output, and perhaps another kind.
    pub(crate) fn with_definition(
        &mut self,
        place: PlaceId,
        kind: Option<PlaceKind>,
        definition: DefinitionLine,
    ) -> PlaceId {
        let key = (place, kind.is_some(), definition.line);
        if let Some(known) = self.on_lines.get(&key) {
            return *known;
        }
        let Some(mut copy) = self.all.get(place as usize).cloned() else {
            return place;
        };
        copy.kind = kind.unwrap_or(copy.kind);
        copy.definition = Some(definition);
        self.all.push(copy);
        let id = self.all.len() as PlaceId - 1;
        self.on_lines.insert(key, id);
        id
    }

    pub(crate) fn add(
        &mut self,
        text: &str,
        kind: PlaceKind,
        field: impl Into<String>,
        span: Span,
    ) -> PlaceId {
        let line = self.index.position(text, span.start as usize).line;
        self.all.push(TemplatePlace {
            kind,
            field: field.into(),
            span,
            line,
            definition: None,
        });
        self.all.len() as PlaceId - 1
    }
}
