// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/notes.h"
#include "core/formats/source.h"
#include "core/formats/yaml/node.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

namespace understudy::formats::openapi {

struct DocumentFile;

/// A node of the document and the file it stands in; empty where there is nothing. A value; the
/// Document outlives it.
struct Element
{
    const yaml::Node *node = nullptr;
    DocumentFile *file = nullptr;

    explicit operator bool() const { return node != nullptr; }
    bool operator==(const Element &) const = default;
    bool isMap() const { return node && node->isMap(); }
    bool isList() const { return node && node->isList(); }
    bool isScalar() const { return node && node->isScalar() && !node->isNull(); }

    /// The value of a key as it stands, which may be a reference; empty in what is no map.
    Element at(std::string_view key) const { return {isMap() ? node->find(key) : nullptr, file}; }
    /// An entry of a list or map, by its number.
    Element entry(std::size_t index) const { return {&node->items[index], file}; }
    std::size_t size() const { return isMap() || isList() ? node->items.size() : 0; }
    /// The key of an entry of a map.
    const std::string &key(std::size_t index) const { return node->keys[index].text; }
    /// The text of a key's value; empty where that is no scalar.
    std::string text(std::string_view key) const;
    bool isTrue(std::string_view key) const;
    /// It is written as a number.
    bool isNumber() const;
    yaml::Mark mark() const { return node ? node->start : yaml::Mark{}; }
};

/// One file of a document.
struct DocumentFile
{
    std::filesystem::path shown;    ///< as messages name it
    std::filesystem::path relative; ///< to the top folder
    std::string content;            ///< of all but the first, whose text is the caller's
    std::unique_ptr<Source> source; ///< of all but the first
    const yaml::Node *root = nullptr;
    Notes notes;
    std::unordered_map<std::string, Element> targets; ///< of references in it, by their text
};

/// The files that a document is made of: the one that was opened, and what it refers to in its
/// folder and beside that folder. Each is read once.
class DocumentFiles
{
public:
    /// `source` has a tree, and outlives this.
    explicit DocumentFiles(const Source &source);

    DocumentFile &main() { return *m_files.begin()->second; }
    /// What `written` names, seen from `from`. Errors, whose messages are predicates: Access for
    /// absolute paths and for what lies further up than beside the document's folder, Limit beyond
    /// 500 files or 256 MiB, those of reading, and Syntax, with the place in that file.
    Result<DocumentFile *> open(const DocumentFile &from, const std::string &written);
    std::vector<Problem> takeProblems();

private:
    std::filesystem::path m_shownFolder; ///< the document's, as messages name it
    std::filesystem::path m_folderName;
    std::filesystem::path m_top;                                  ///< above the document's folder
    std::map<std::string, std::unique_ptr<DocumentFile>> m_files; ///< main first: under ""
    std::map<std::string, Error> m_broken;
    std::size_t m_bytes = 0;
};

} // namespace understudy::formats::openapi
