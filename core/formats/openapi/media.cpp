// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/media.h"

#include "core/base/text.h"
#include "core/formats/openapi/repair.h"
#include "core/http/header_list.h"

#include <algorithm>
#include <optional>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kMostExamples = 100;

/// A media type and what is said of it, in any version.
struct WrittenMedia
{
    std::string type;
    Element written; ///< the media type object, or the response of version 2.0
    Element schema;
    Element example;  ///< one without a name
    Element examples; ///< map of Example Objects
};

/// What is sent for a range of types.
std::string concreteType(std::string type)
{
    type = std::string(text::trim(type));
    if (type == "*/*" || type == "application/*" || type.empty())
        return "application/json";
    if (type == "text/*")
        return "text/plain";
    if (type.ends_with("/*"))
        return type == "image/*" ? "image/png" : type.substr(0, type.size() - 1) + "octet-stream";
    return type;
}

std::vector<WrittenMedia> mediaOfSwagger(const MakingOf &with, Element operation, Element response)
{
    std::vector<WrittenMedia> out;
    const Element schema = response.at("schema");
    const Element examples = with.document.child(response, "examples");
    Element produces = with.document.child(operation, "produces");
    if (!produces)
        produces = with.document.child(with.document.root(), "produces");
    for (std::size_t i = 0; produces.isList() && i < produces.size(); ++i) {
        const std::string type = produces.entry(i).isScalar() ? produces.entry(i).node->text : "";
        if (schema || examples.at(type))
            out.push_back({type, response, schema, examples.at(type), {}});
    }
    for (std::size_t i = 0; examples.isMap() && i < examples.size(); ++i) {
        const bool isKnown = std::any_of(out.begin(), out.end(), [&](const WrittenMedia &media) {
            return media.type == examples.key(i);
        });
        if (!isKnown && examples.key(i).find('/') != std::string::npos)
            out.push_back({examples.key(i), response, schema, examples.entry(i), {}});
    }
    if (out.empty() && schema)
        out.push_back({"application/json", response, schema, {}, {}});
    return out;
}

std::vector<WrittenMedia> writtenMedia(const MakingOf &with, Element operation, Element response)
{
    if (with.document.isSwagger())
        return mediaOfSwagger(with, operation, response);
    std::vector<WrittenMedia> out;
    const Element content = with.document.child(response, "content");
    for (std::size_t i = 0; content.isMap() && i < content.size(); ++i) {
        const Element media = with.document.resolve(content.entry(i));
        const Element schema = media.at("schema") ? media.at("schema") : media.at("itemSchema");
        out.push_back({content.key(i), media, schema, media.at("example"),
                       with.document.child(media, "examples")});
    }
    return out;
}

class MediaMaker
{
public:
    MediaMaker(const MakingOf &with, const WrittenMedia &media, std::string type,
               const std::string &subject)
        : m_with(with)
        , m_media(media)
        , m_type(std::move(type))
        , m_subject(subject)
    {}

    MediaAnswer run()
    {
        MediaAnswer out{m_type, m_media.schema, {}};
        if (m_media.example)
            add(out, {}, *m_media.example.node, m_media.example);
        for (std::size_t i = 0; m_media.examples.isMap() && i < m_media.examples.size(); ++i) {
            if (i == kMostExamples) {
                m_with.document.notServed(
                    m_subject, "only the first 100 examples are taken of '" + m_type + "'",
                    m_media.examples);
                break;
            }
            named(out, i);
        }
        if (out.bodies.empty())
            out.bodies.push_back({{}, made(), true});
        return out;
    }

private:
    void named(MediaAnswer &out, std::size_t index)
    {
        const Element example = m_with.document.resolve(m_media.examples.entry(index));
        Element value = example.at("value");
        for (const std::string_view key : {"dataValue", "serializedValue"})
            value = value ? value : example.at(key);
        const std::string &name = m_media.examples.key(index);
        if (value)
            add(out, name, *value.node, value);
        else if (example.at("externalValue"))
            m_with.document.notServed(m_subject,
                                      "the example " + text::inQuotes(name)
                                          + " is in another file, which is not read",
                                      example.at("externalValue"));
        else
            m_with.document.changed(
                m_subject, "the example " + text::inQuotes(name) + " has no value, and is left out",
                m_media.examples);
    }

    void add(MediaAnswer &out, const std::string &name, const yaml::Node &node, Element at)
    {
        JsonValue value = writtenValue(m_with.document, m_media.schema, node);
        if (isJsonType(m_type) && m_media.schema) {
            const std::string what
                = name.empty() ? "the example: " : "the example " + text::inQuotes(name) + ": ";
            Repaired repaired = repair(m_with, m_media.schema, std::move(value));
            for (const std::string &note : repaired.notes)
                m_with.document.changed(m_subject, std::string(what).append(note), at);
            value = std::move(repaired.value);
        }
        out.bodies.push_back(
            {name, bodyOf(m_with.document, m_type, m_media.schema, std::move(value)), false});
    }

    Body made()
    {
        if (!m_media.schema)
            return isJsonType(m_type) ? Body::ofJson(JsonObject())
                                      : bodyOf(m_with.document, m_type, {}, JsonValue(""));
        const Sample &sample = m_with.samples.make(m_media.schema);
        if (sample.misfit)
            m_with.document.changed(m_subject,
                                    "the body that is made does not fit the schema: "
                                        + sample.misfit->text(),
                                    m_media.schema);
        return bodyOf(m_with.document, m_type, m_media.schema, sample.value);
    }

    const MakingOf &m_with;
    const WrittenMedia &m_media;
    std::string m_type;
    const std::string &m_subject;
};

} // namespace

std::vector<MediaAnswer> mediaAnswers(const MakingOf &with, Element operation, Element response,
                                      const std::string &subject)
{
    std::vector<MediaAnswer> out;
    for (const WrittenMedia &media : writtenMedia(with, operation, response)) {
        std::string type = concreteType(media.type);
        if (!http::isFieldValue(type) || type.find('/') == std::string::npos) {
            with.document.notServed(subject,
                                    text::inQuotes(text::shortened(type, 100))
                                        + " is no media type, and is left out",
                                    media.written);
            continue;
        }
        const bool isKnown = std::any_of(out.begin(), out.end(),
                                         [&](const MediaAnswer &a) { return a.type == type; });
        if (!isKnown)
            out.push_back(MediaMaker(with, media, std::move(type), subject).run());
    }
    const auto isPlain = [](const MediaAnswer &a) { return a.type == "application/json"; };
    auto first = std::find_if(out.begin(), out.end(), isPlain);
    if (first == out.end())
        first = std::find_if(out.begin(), out.end(),
                             [](const MediaAnswer &a) { return isJsonType(a.type); });
    if (first != out.end())
        std::rotate(out.begin(), first, first + 1);
    return out;
}

} // namespace understudy::formats::openapi
