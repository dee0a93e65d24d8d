"""The tables of the index file. `build.py` fills them, `reader.py` and `search.py` read them."""

from __future__ import annotations

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE deck (
    place INTEGER PRIMARY KEY,         -- which of the folders it is, from 0
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    topics TEXT NOT NULL,              -- JSON: id → title, in order
    misconceptions TEXT NOT NULL       -- JSON: id → sentence
) STRICT;

CREATE TABLE file (
    n INTEGER PRIMARY KEY,
    place INTEGER NOT NULL,            -- of its deck; below 0 as in sources.py
    kind TEXT NOT NULL CHECK (kind IN ('deck', 'card', 'guide', 'demo')),
    name TEXT NOT NULL,
    path TEXT NOT NULL,                -- below the folder of its deck or of the overlay
    mtime_ns INTEGER NOT NULL,         -- this and the next two are 0 in an installed bundle
    size INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (place, kind, name)
) STRICT;

CREATE TABLE term (
    file INTEGER PRIMARY KEY,          -- whose card it is
    id TEXT NOT NULL UNIQUE,           -- deck:term
    name TEXT NOT NULL,
    deck TEXT NOT NULL,
    title TEXT NOT NULL,
    topic TEXT NOT NULL,
    position INTEGER NOT NULL,         -- in the study order, over all decks
    questions INTEGER NOT NULL,
    demo TEXT NOT NULL
) STRICT;
CREATE INDEX term_position ON term (position);
CREATE INDEX term_name ON term (name);

CREATE TABLE card (                    -- apart from the terms, so that a list of them stays small
    file INTEGER PRIMARY KEY,
    json TEXT NOT NULL                 -- the Term, without its questions
) STRICT;

CREATE TABLE question (
    id TEXT NOT NULL UNIQUE,           -- deck:term/slug
    file INTEGER NOT NULL,
    slot INTEGER NOT NULL,             -- its place in the card
    json TEXT NOT NULL
) STRICT;
CREATE INDEX question_slot ON question (file, slot, id);

CREATE TABLE misconception (
    file INTEGER NOT NULL,
    id TEXT NOT NULL,                  -- deck:misconception
    question TEXT NOT NULL,            -- one whose wrong answers betray it
    PRIMARY KEY (id, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX misconception_file ON misconception (file);

CREATE TABLE edge (
    term TEXT NOT NULL,                -- deck:term that says so
    kind TEXT NOT NULL CHECK (kind IN ('needs', 'contrast')),
    slot INTEGER NOT NULL,
    target TEXT NOT NULL,              -- deck:term, with a card or without
    PRIMARY KEY (term, kind, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_target ON edge (target, kind);

CREATE TABLE planned (term TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE renamed (old TEXT PRIMARY KEY, new TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE guide (
    file INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,           -- deck:guide
    name TEXT NOT NULL,
    deck TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER NOT NULL          -- in the order of display, over all decks
) STRICT;

CREATE TABLE demo (
    file INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    deck TEXT NOT NULL,
    terms TEXT NOT NULL,               -- JSON list
    predictions TEXT NOT NULL          -- JSON list
) STRICT;

CREATE TABLE problem (
    file INTEGER,                      -- NULL for what only several files together show, or none
    path TEXT NOT NULL,                -- as `Sources.to_stored_path` keeps it
    line INTEGER NOT NULL,
    message TEXT NOT NULL,
    severity TEXT NOT NULL,
    question TEXT NOT NULL
) STRICT;
CREATE INDEX problem_file ON problem (file);

CREATE TABLE name (
    n INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,             -- of the term
    alias INTEGER NOT NULL,            -- 0 for the title and the id, 1 for other names, 2 notions, 3 words
    folded TEXT NOT NULL
) STRICT;
CREATE INDEX name_folded ON name (folded, alias, file);
CREATE INDEX name_file ON name (file);

-- The rowid of the first is name.n, of the others file. Names and definitions are found by any part of a
-- word, whole cards by how words begin: trigrams would take five times the room and the time.
CREATE VIRTUAL TABLE name_text USING fts5 (text, tokenize = 'trigram');
CREATE VIRTUAL TABLE name_trigram USING fts5vocab (name_text, row);
CREATE VIRTUAL TABLE definition_text USING fts5 (text, tokenize = 'trigram');
CREATE VIRTUAL TABLE guide_text USING fts5 (
    title, text, tokenize = "unicode61 categories 'L* N* Co S*'"
);
CREATE VIRTUAL TABLE card_text USING fts5 (
    definition, sections, tokenize = "unicode61 categories 'L* N* Co S*'"
);
"""
