// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/body_checks.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/openapi/parameter_checks.h"
#include "core/formats/openapi/request_schema.h"
#include "core/formats/openapi/schema_parts.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <optional>
#include <set>

namespace understudy::formats::openapi {

namespace {

using Kind = RuleTarget::Kind;

Rule negated(RuleTarget target, RuleOperator op, JsonValue value)
{
    RuleLeaf out;
    out.target = std::move(target);
    out.conditions.push_back({op, std::move(value), {}, true});
    return {std::move(out)};
}

/// There is none, or one of no bytes.
std::vector<Rule> noBody()
{
    std::vector<Rule> out;
    out.push_back(leaf(Kind::Body, {}, RuleOperator::Absent, true));
    out.push_back(leaf(Kind::Body, {}, RuleOperator::Equals, "")); // `empty` is true of {}, too
    return out;
}

/// What a request's body may be, as the version of the document says it.
struct RequestMedia
{
    std::string type;
    Element schema;                ///< empty: anything
    std::vector<Element> fields{}; ///< of 2.0: the parameters in a form
};

bool isForm(std::string_view type)
{
    return type.starts_with("application/x-www-form-urlencoded")
           || type.starts_with("multipart/form-data");
}

/// "application/*" as an expression for the beginning of a Content-Type.
std::string typePattern(std::string_view type)
{
    std::string out;
    for (const char c : type.substr(0, type.find(';')))
        out += c == '*' ? std::string("[^;]*") : asPattern(std::string_view(&c, 1));
    return "(?i)^\\s*" + out + "\\s*(;|$)";
}

class BodyRules
{
public:
    BodyRules(const MakingOf &with, const OperationPlace &place, const std::string &subject)
        : m_with(with)
        , m_document(with.document)
        , m_place(place)
        , m_subject(subject)
    {
        if (m_document.isSwagger())
            readSwagger();
        else
            readBody();
    }

    std::vector<Rule> run()
    {
        std::vector<Rule> out;
        if (m_media.empty())
            return out;
        if (m_isRequired)
            out.push_back({RuleLeaf{
                {Kind::Body, {}, {}},
                {{RuleOperator::Absent, false, {}, false}, {RuleOperator::Equals, "", {}, true}}}});
        addTypes(out);
        for (const RequestMedia &media : m_media)
            addContent(media, out);
        return out;
    }

private:
    void readBody()
    {
        const Element body = m_document.child(m_place.operation, "requestBody");
        const Element content = m_document.child(body, "content");
        m_isRequired = body.isTrue("required");
        for (std::size_t i = 0; content.isMap() && i < content.size(); ++i) {
            const Element media = m_document.resolve(content.entry(i));
            m_media.push_back({content.key(i), media.at("schema")});
        }
    }

    void readSwagger()
    {
        Element types = m_place.operation.at("consumes");
        if (!types)
            types = m_document.root().at("consumes");
        const auto bodies = parametersIn(m_document, m_place.operation, m_place.pathItem, "body");
        const auto fields
            = parametersIn(m_document, m_place.operation, m_place.pathItem, "formData");
        if (bodies.empty() && fields.empty())
            return;
        const auto isRequired = [](const Element &one) { return one.isTrue("required"); };
        m_isRequired = bodies.empty() ? std::any_of(fields.begin(), fields.end(), isRequired)
                                      : isRequired(bodies.front());
        const Element schema = bodies.empty() ? Element{} : bodies.front().at("schema");
        // Fields are in a form, whatever else the document consumes.
        for (std::size_t i = 0; types.isList() && i < types.size(); ++i) {
            if (types.entry(i).isScalar() && (fields.empty() || isForm(types.entry(i).node->text)))
                m_media.push_back({types.entry(i).node->text, schema, fields});
        }
        if (!m_media.empty())
            return;
        if (fields.empty()) {
            m_media.push_back({"application/json", schema});
            return;
        }
        m_media.push_back({"application/x-www-form-urlencoded", {}, fields});
        m_media.push_back({"multipart/form-data", {}, fields});
    }

    /// A body, where there is one, has one of the types.
    void addTypes(std::vector<Rule> &out)
    {
        std::string pattern;
        for (const RequestMedia &media : m_media) {
            if (media.type == "*/*")
                return;
            pattern += (pattern.empty() ? "" : "|") + typePattern(media.type);
        }
        std::vector<Rule> either = noBody();
        either.push_back(leaf(Kind::Header, "Content-Type", RuleOperator::Matches, pattern));
        out.push_back(anyOf(std::move(either)));
    }

    void addContent(const RequestMedia &media, std::vector<Rule> &out)
    {
        std::vector<Rule> content;
        if (hasRival(media)) {
            m_document.notServedOften("of media types that differ in their parameters alone the "
                                      "contents are not checked",
                                      media.schema);
            return;
        }
        if (isJsonType(media.type) && media.schema)
            addSchema(media, content);
        else if (isForm(media.type))
            addFields(media, content);
        else if (media.schema)
            m_document.notServedOften("bodies that are neither JSON nor a form are not checked",
                                      media.schema);
        if (content.empty())
            return;
        // Of another type, or none at all, it is not the business of this one.
        std::vector<Rule> either = noBody();
        if (m_media.size() > 1)
            either.push_back(negated({Kind::Header, "Content-Type", {}}, RuleOperator::Matches,
                                     typePattern(media.type)));
        either.push_back(allOf(std::move(content)));
        out.push_back(anyOf(std::move(either)));
    }

    bool hasRival(const RequestMedia &media) const
    {
        const auto base = [](std::string_view type) { return type.substr(0, type.find(';')); };
        return std::count_if(m_media.begin(), m_media.end(),
                             [&](const RequestMedia &other) {
                                 return text::equalsIgnoreCase(base(other.type), base(media.type));
                             })
               > 1;
    }

    void addSchema(const RequestMedia &media, std::vector<Rule> &out)
    {
        std::optional<JsonValue> schema = requestSchema(m_document, media.schema);
        const std::size_t bytes = schema ? extentOf(*schema).bytes : 0;
        if (!schema || bytes > m_with.room) {
            m_document.notServed(m_subject, "the schema of its body is too large to be checked",
                                 media.schema);
            return;
        }
        m_with.room -= bytes;
        out.push_back(leaf(Kind::Body, {}, RuleOperator::JsonSchema, *std::move(schema)));
    }

    void addFields(const RequestMedia &media, std::vector<Rule> &out)
    {
        const Kind kind = media.type.starts_with("multipart") ? Kind::Part : Kind::Form;
        for (const Element &field : media.fields)
            addField(kind, field.text("name"), field, field.isTrue("required"), out);
        const SchemaParts parts = partsOf(m_document, media.schema);
        std::set<std::string> required;
        for (const SchemaParts::Part &part : parts.parts) {
            const Element names = part.schema.at("required");
            for (std::size_t i = 0; names.isList() && i < names.size(); ++i) {
                if (names.entry(i).isScalar())
                    required.insert(names.entry(i).node->text);
            }
        }
        std::set<std::string> described;
        for (const SchemaParts::Part &part : parts.parts) {
            const Element properties = part.schema.at("properties");
            for (std::size_t i = 0; properties.isMap() && i < properties.size(); ++i) {
                const Element property = m_document.resolve(properties.entry(i));
                const std::string &name = properties.key(i);
                const bool isNew = described.insert(name).second;
                if (isNew && !partsOf(m_document, property).isTrue("readOnly"))
                    addField(kind, name, property, required.contains(name), out);
            }
        }
        for (const std::string &name : required) {
            if (!described.contains(name))
                addField(kind, name, {}, true, out);
        }
    }

    void addField(Kind kind, const std::string &name, Element schema, bool isRequired,
                  std::vector<Rule> &out)
    {
        if (name.empty() || isObject(m_document, schema)) // whose parts have names of their own
            return;
        // Bytes of a file are not asked what they are.
        const std::string format = schema.text("format");
        const bool isFile = schema.text("type") == "file" || format == "binary" || format == "byte";
        if (auto rule
            = valueRule({kind, name, {}}, isRequired,
                        isFile ? std::vector<Condition>() : textConditions(m_document, schema)))
            out.push_back(*std::move(rule));
    }

    const MakingOf &m_with;
    Document &m_document;
    const OperationPlace &m_place;
    const std::string &m_subject;
    std::vector<RequestMedia> m_media;
    bool m_isRequired = false;
};

} // namespace

std::vector<Rule> bodyRules(const MakingOf &with, const OperationPlace &place,
                            const std::string &subject)
{
    return BodyRules(with, place, subject).run();
}

} // namespace understudy::formats::openapi
