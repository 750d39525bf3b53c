// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/document.h"

#include "core/base/json_pointer.h"
#include "core/base/text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <charconv>

namespace understudy::formats::openapi {

namespace {

constexpr int kMostHops = 64;
/// More remarks than anybody reads.
constexpr std::size_t kMostNotes = 2'000;

bool isRemote(std::string_view reference)
{
    const std::size_t scheme = reference.find("://");
    return (scheme != std::string_view::npos && !reference.starts_with("file:")
            && scheme < reference.find('#'))
           || reference.starts_with("//") || reference.starts_with("urn:");
}

} // namespace

Document::Document(const Source &source)
    : m_files(source)
{
    const std::string version = root().text("openapi");
    m_isSwagger = version.empty() && root().at("swagger").isScalar();
    m_keepsSiblings = !m_isSwagger && !version.starts_with("3.0");
}

Element Document::root() { return {m_files.main().root, &m_files.main()}; }

Element Document::resolve(Element element)
{
    for (int hops = 0; hops < kMostHops; ++hops) {
        const Element reference = element.at("$ref");
        if (!reference.isScalar())
            return element;
        element = target(reference.node->text, reference);
        if (!element)
            return {};
        if (hops + 1 == kMostHops)
            noteBroken(reference.node->text, "leads in a circle", reference);
    }
    return {};
}

Element Document::target(const std::string &reference, Element from)
{
    if (const auto known = from.file->targets.find(reference); known != from.file->targets.end())
        return known->second;
    if (m_depth >= kMostHops) {
        noteBroken(reference, "leads in a circle", from);
        return {};
    }
    ++m_depth;
    const Element found = lookUp(reference, from);
    --m_depth;
    from.file->targets.emplace(reference, found);
    return found;
}

Element Document::lookUp(const std::string &reference, Element from)
{
    if (isRemote(reference)) {
        noteBroken(reference,
                   "is on another machine, and such references are not followed; put a "
                   "copy of the file beside the document",
                   from);
        return {};
    }
    const std::size_t hash = std::min(reference.find('#'), reference.size());
    DocumentFile *file = from.file;
    if (hash > 0) {
        const std::string written = http::percentDecode(reference.substr(0, hash));
        const Result<DocumentFile *> opened = m_files.open(*from.file, written);
        if (!opened) {
            noteBroken(reference, opened.error().message, from);
            return {};
        }
        file = *opened;
    }
    const std::string pointer = http::percentDecode(
        std::string_view(reference).substr(std::min(hash + 1, reference.size())));
    if (!pointer.empty() && pointer.front() != '/') {
        noteBroken(reference,
                   "is no JSON pointer, and names of anchors are not looked for; write "
                   "it as '#/components/schemas/Name'",
                   from);
        return {};
    }
    const Element found = followPointer(*file, pointer);
    if (!found)
        noteBroken(reference, "leads nowhere; what it stands for is left out", from);
    return found;
}

Element Document::followPointer(DocumentFile &file, std::string_view pointer)
{
    Element at{file.root, &file};
    while (at && !pointer.empty()) {
        const std::string name = json_pointer::takeFirst(pointer);
        if (at.isMap() && !at.at(name))
            at = resolve(at);
        if (at.isList()) {
            std::size_t index = 0;
            const auto [end, error]
                = std::from_chars(name.data(), name.data() + name.size(), index);
            const bool isNumber = error == std::errc() && end == name.data() + name.size();
            at = isNumber && index < at.size() ? at.entry(index) : Element{};
        } else {
            at = at.at(name);
        }
    }
    return at;
}

void Document::noteBroken(const std::string &reference, const std::string &predicate, Element at)
{
    if (m_noted.insert(at.node).second)
        notServed({},
                  "the reference " + text::inQuotes(text::shortened(reference, 200)) + " "
                      + predicate,
                  at);
}

bool Document::hasRoomForNotes()
{
    if (m_notes == kMostNotes)
        m_files.main().notes.notServed({}, "there is more to say of this document than "
                                               + std::to_string(kMostNotes)
                                               + " remarks; the rest is left out");
    return ++m_notes <= kMostNotes;
}

void Document::changed(const std::string &subject, const std::string &message, Element at)
{
    if (hasRoomForNotes())
        (at.file ? *at.file : m_files.main()).notes.changed(subject, message, at.mark());
}

void Document::notServed(const std::string &subject, const std::string &message, Element at)
{
    if (hasRoomForNotes())
        (at.file ? *at.file : m_files.main()).notes.notServed(subject, message, at.mark());
}

void Document::often(const std::string &message, bool isServed, Element at)
{
    const auto known = std::find_if(m_often.begin(), m_often.end(), [&](const Often &o) {
        return o.message == message && o.isServed == isServed;
    });
    if (known == m_often.end())
        m_often.push_back({message, isServed, at, {at.node}});
    else
        known->places.insert(at.node);
}

void Document::changedOften(const std::string &message, Element at) { often(message, true, at); }

void Document::notServedOften(const std::string &message, Element at) { often(message, false, at); }

std::vector<Problem> Document::takeProblems()
{
    for (const Often &o : m_often) {
        std::string message = o.message;
        if (o.places.size() > 1)
            message += " (at " + std::to_string(o.places.size())
                       + " places, of which this is the first)";
        if (o.isServed)
            changed({}, message, o.first);
        else
            notServed({}, message, o.first);
    }
    m_often.clear();
    return m_files.takeProblems();
}

} // namespace understudy::formats::openapi
