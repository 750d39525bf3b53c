// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wsdl/documents.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/formats/recorded/fields.h"

namespace understudy::formats::wsdl {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostFiles = 200;

} // namespace

Documents::Documents(XmlElement root, const fs::path &file, Notes &notes)
    : m_base(files::folderOf(file))
    , m_notes(notes)
{
    m_seen.insert(file.filename().lexically_normal().string());
    m_roots.push_back(std::move(root));
    take(m_roots.back(), {});
}

void Documents::take(const XmlElement &root, const fs::path &folder)
{
    if (root.name.local == "schema") {
        takeSchema(root, folder);
        return;
    }
    if (root.name.local != "definitions")
        return;
    m_definitions.push_back(&root);
    for (const XmlElement &child : root.children) {
        if (child.name.local == "import")
            follow(child.value("location"), child, folder);
        for (const XmlElement &schema : child.children) {
            if (child.name.local == "types" && schema.name.local == "schema")
                takeSchema(schema, folder);
        }
    }
}

void Documents::takeSchema(const XmlElement &schema, const fs::path &folder)
{
    m_schemas.push_back(&schema);
    for (const XmlElement &child : schema.children) {
        if (child.name.local == "import" || child.name.local == "include"
            || child.name.local == "redefine")
            follow(child.value("schemaLocation"), child, folder);
    }
}

void Documents::follow(std::string_view location, const XmlElement &from, const fs::path &folder)
{
    if (location.empty())
        return;
    const std::string shown = text::inQuotes(recorded::oneLine(std::string(location)));
    const fs::path path = (folder / std::string(location)).lexically_normal();
    const bool isUrl = location.find(':') != std::string_view::npos;
    if (isUrl || path.is_absolute() || *path.begin() == ".."
        || location.find('\0') != std::string_view::npos) {
        m_notes.notServed({},
                          shown
                              + " is not read: only files in the folder of the description "
                                "and below are",
                          from.at);
        return;
    }
    if (!m_seen.insert(path.string()).second)
        return;
    if (m_seen.size() > kMostFiles) {
        if (m_seen.size() == kMostFiles + 1)
            m_notes.notServed(
                {}, shown + " is not read, nor what follows: there are more than 200 files",
                from.at);
        return;
    }
    const auto text = files::readFileInside(m_base, path.string());
    auto root = text ? parseXml(*text, path.string()) : Result<XmlElement>(text.error());
    if (!root) {
        m_notes.notServed({}, shown + " is not read: " + root.error().message, from.at);
        return;
    }
    m_roots.push_back(*std::move(root));
    take(m_roots.back(), path.parent_path());
}

} // namespace understudy::formats::wsdl
