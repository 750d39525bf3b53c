// SPDX-License-Identifier: Apache-2.0
#include "core/match/schema/reader.h"

#include "core/match/comparison.h"
#include "core/match/schema/circles.h"
#include "core/match/schema/keywords.h"

#include <algorithm>
#include <unordered_map>

namespace understudy::json_schema {

namespace {

/// Reads one document. An error ends it: the first one is kept.
class Reader
{
public:
    explicit Reader(const JsonValue &document)
        : m_draft(draftOf(document, Draft::Year2020))
        , m_identities(document, m_draft)
    {
        node(document);
    }

    Result<Schema> run()
    {
        // A list, not a recursion: schemas refer to each other in circles.
        while (!m_toRead.empty() && !m_error) {
            const auto [id, schema] = m_toRead.back();
            m_toRead.pop_back();
            m_place = &m_identities.placeOf(*schema);
            Node read = readNode(*schema);
            read.resource = m_place->resource;
            m_out.nodes[id] = std::move(read);
            if (m_toRead.empty())
                addDynamicAnchors();
        }
        if (!m_error && hasCircle(m_out))
            m_error = Error{ErrorCode::Syntax, "#: the schema refers to itself without end", {}};
        if (m_error)
            return *m_error;
        return std::move(m_out);
    }

private:
    NodeId node(const JsonValue &schema)
    {
        const auto [known, isNew] = m_ids.emplace(&schema, static_cast<NodeId>(m_out.nodes.size()));
        if (isNew) {
            m_out.nodes.emplace_back();
            m_toRead.emplace_back(known->second, &schema);
        }
        return known->second;
    }

    void fail(const std::string &keyword, const std::string &what)
    {
        if (!m_error)
            m_error = Error{ErrorCode::Syntax, m_place->path + ": '" + keyword + "' " + what, {}};
    }

    /// Every place that some dynamic reference might mean.
    void addDynamicAnchors()
    {
        const auto &resources = m_identities.resources();
        m_out.dynamicAnchors.resize(resources.size());
        for (std::size_t i = 0; i < resources.size(); ++i) {
            for (const auto &[name, schema] : resources[i].dynamicAnchors)
                m_out.dynamicAnchors[i].insert_or_assign(name, node(*schema));
        }
    }

    // What keywords hold. All of them report what is none of theirs.

    NodeId schemaIn(const std::string &name, const JsonValue &value)
    {
        if (!value.isObject() && !value.isBool()) {
            fail(name, "has to be a schema: an object, true or false");
            return kNone;
        }
        return node(value);
    }

    std::vector<NodeId> schemasIn(const std::string &name, const JsonValue &value)
    {
        std::vector<NodeId> out;
        const JsonArray *list = value.ifArray();
        if (!list)
            fail(name, "has to be a list of schemas");
        for (std::size_t i = 0; list && i < list->size(); ++i)
            out.push_back(schemaIn(name, (*list)[i]));
        return out;
    }

    const JsonObject &objectIn(const std::string &name, const JsonValue &value)
    {
        static const JsonObject kNothing;
        const JsonObject *object = value.ifObject();
        if (!object)
            fail(name, "has to be an object");
        return object ? *object : kNothing;
    }

    std::vector<std::string> textsIn(const std::string &name, const JsonValue &value)
    {
        std::vector<std::string> out;
        const JsonArray *list = value.ifArray();
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            if (const std::string *text = (*list)[i].ifString())
                out.push_back(*text);
        }
        if (!list || out.size() != list->size())
            fail(name, "has to be a list of names");
        return out;
    }

    std::optional<Decimal> numberIn(const std::string &name, const JsonValue &value)
    {
        const JsonNumber *number = value.ifNumber();
        if (!number)
            fail(name, "has to be a number");
        return number ? Decimal::parse(number->text) : std::nullopt;
    }

    std::optional<std::uint64_t> countIn(const std::string &name, const JsonValue &value)
    {
        const auto number = numberIn(name, value);
        if (!number || number->isNegative() || !number->isWhole()) {
            fail(name, "has to be a whole number, 0 or more");
            return std::nullopt;
        }
        return static_cast<std::uint64_t>(std::min(number->toDouble(), 9e15));
    }

    bool flagIn(const std::string &name, const JsonValue &value)
    {
        if (!value.isBool())
            fail(name, "has to be true or false");
        return value.isTrue();
    }

    std::optional<Regex> patternIn(const std::string &name, const std::string &pattern)
    {
        auto regex
            = Regex::compile(pattern, Regex::Anchoring::Search, false, Regex::Flavour::IRegexp);
        if (regex)
            return *std::move(regex);
        fail(name, "is no regular expression: " + regex.error().message);
        return std::nullopt;
    }

    Node readNode(const JsonValue &schema)
    {
        Node out;
        if (const bool *flag = schema.ifBool()) {
            out.always = *flag;
            return out;
        }
        const JsonObject *object = schema.ifObject();
        if (!object) {
            fail("", "has to be a schema: an object, true or false");
            return out;
        }
        const bool onlyReference = m_draft <= Draft::Seven && object->contains("$ref");
        for (const JsonMember &member : *object) {
            if (!onlyReference || member.name == "$ref")
                readKeyword(out, member.name, member.value, *object);
        }
        return out;
    }

    void readKeyword(Node &out, const std::string &name, const JsonValue &value,
                     const JsonObject &all)
    {
        if (readReference(out, name, value) || readFromTables(out, name, value)
            || readLists(out, name, value) || readNumbers(out, name, value, all)
            || readTexts(out, name, value) || readItems(out, name, value, all)
            || readMembers(out, name, value))
            return;
        if (name == "type")
            readTypes(out, value, all);
        else if (name == "enum" && value.isArray())
            out.choices = *value.ifArray();
        else if (name == "enum")
            fail(name, "has to be a list");
        else if (name == "const" && m_draft != Draft::Four)
            out.constant = value;
    }

    bool readReference(Node &out, const std::string &name, const JsonValue &value)
    {
        const bool isRecursive = name == "$recursiveRef" && m_draft == Draft::Year2019;
        const bool isDynamic = name == "$dynamicRef" && m_draft == Draft::Year2020;
        if (name != "$ref" && !isRecursive && !isDynamic)
            return false;
        const std::string *reference = value.ifString();
        if (!reference) {
            fail(name, "has to be a text");
            return true;
        }
        auto place = m_identities.resolve(*reference, *m_place);
        if (!place) {
            if (!m_error)
                m_error = place.error();
            return true;
        }
        const NodeId target = node(*place->schema);
        if (name == "$ref") {
            out.allOf.push_back(target);
            return true;
        }
        out.dynamicReference = target;
        const std::string anchor
            = isRecursive
                  ? std::string(Identities::kRecursive)
                  : reference->substr(std::min(reference->find('#'), reference->size() - 1) + 1);
        const auto &anchors = m_identities.resources()[place->resource].dynamicAnchors;
        const auto found = anchors.find(anchor);
        if (found != anchors.end() && found->second == place->schema)
            out.dynamicName = anchor;
        return true;
    }

    /// What the tables hold, and lists of schemas.
    bool readFromTables(Node &out, const std::string &name, const JsonValue &value)
    {
        const auto isIt
            = [&](const auto &keyword) { return keyword.name == name && m_draft >= keyword.since; };
        if (const auto schema = std::find_if(kSchemaKeywords.begin(), kSchemaKeywords.end(), isIt);
            schema != kSchemaKeywords.end()) {
            out.*(schema->place) = schemaIn(name, value);
            m_out.tracksEvaluated |= name.starts_with("unevaluated");
            return true;
        }
        if (const auto count = std::find_if(kCountKeywords.begin(), kCountKeywords.end(), isIt);
            count != kCountKeywords.end()) {
            (out.*(count->of)).*(count->place) = countIn(name, value);
            return true;
        }
        return false;
    }

    bool readLists(Node &out, const std::string &name, const JsonValue &value)
    {
        if (name == "allOf")
            append(out.allOf, schemasIn(name, value));
        else if (name == "anyOf")
            out.anyOf = schemasIn(name, value);
        else if (name == "oneOf")
            out.oneOf = schemasIn(name, value);
        else
            return false;
        return true;
    }

    bool readNumbers(Node &out, const std::string &name, const JsonValue &value,
                     const JsonObject &all)
    {
        const bool isFour = m_draft == Draft::Four;
        const auto isExclusive = [&](const char *flag) {
            const JsonValue *found = all.find(flag);
            return isFour && found && found->isTrue();
        };
        if (name == "minimum")
            (isExclusive("exclusiveMinimum") ? out.exclusiveMinimum : out.minimum)
                = numberIn(name, value);
        else if (name == "maximum")
            (isExclusive("exclusiveMaximum") ? out.exclusiveMaximum : out.maximum)
                = numberIn(name, value);
        else if (name == "exclusiveMinimum")
            isFour ? void(flagIn(name, value)) : void(out.exclusiveMinimum = numberIn(name, value));
        else if (name == "exclusiveMaximum")
            isFour ? void(flagIn(name, value)) : void(out.exclusiveMaximum = numberIn(name, value));
        else if (name == "multipleOf") {
            out.multipleOf = numberIn(name, value);
            if (out.multipleOf && (out.multipleOf->isNegative() || out.multipleOf->isZero()))
                fail(name, "has to be greater than 0");
        } else
            return false;
        return true;
    }

    bool readTexts(Node &out, const std::string &name, const JsonValue &value)
    {
        if (name != "pattern" && name != "format")
            return false;
        const std::string *text = value.ifString();
        if (!text) {
            fail(name, "has to be a text");
        } else if (name == "pattern") {
            out.pattern = patternIn(name, *text);
        } else {
            out.format = findFormat(*text);
            if (!out.format)
                m_out.unknownFormats.push_back(*text);
        }
        return true;
    }

    bool readItems(Node &out, const std::string &name, const JsonValue &value,
                   const JsonObject &all)
    {
        const JsonValue *items = all.find("items");
        // A list is how it was written before 2020-12; later it is a mistake whose meaning is
        // clear.
        const bool isOfFirst = (name == "prefixItems" && m_draft == Draft::Year2020)
                               || (name == "items" && value.isArray());
        const bool isOfOthers
            = name == "items" || (name == "additionalItems" && items && items->isArray());
        if (name == "uniqueItems")
            out.isUnique = flagIn(name, value);
        else if (isOfFirst)
            out.firstItems = schemasIn(name, value);
        else if (isOfOthers)
            out.otherItems = schemaIn(name, value);
        else
            return false;
        return true;
    }

    bool readMembers(Node &out, const std::string &name, const JsonValue &value)
    {
        if (name == "required")
            out.required = textsIn(name, value);
        else if (name == "properties") {
            for (const JsonMember &member : objectIn(name, value))
                out.properties.emplace(member.name, schemaIn(name, member.value));
        } else if (name == "patternProperties") {
            for (const JsonMember &member : objectIn(name, value)) {
                if (auto regex = patternIn(name, member.name))
                    out.patternProperties.emplace_back(*std::move(regex),
                                                       schemaIn(name, member.value));
            }
        } else if (name == "dependencies" || name == "dependentSchemas"
                   || name == "dependentRequired") {
            for (const JsonMember &member : objectIn(name, value)) {
                if (member.value.isArray() || name == "dependentRequired")
                    out.dependentRequired.emplace_back(member.name, textsIn(name, member.value));
                else
                    out.dependentSchemas.emplace_back(member.name, schemaIn(name, member.value));
            }
        } else
            return false;
        return true;
    }

    void readTypes(Node &out, const JsonValue &value, const JsonObject &all)
    {
        const JsonArray *list = value.ifArray();
        const JsonArray one{value};
        for (const JsonValue &type : list ? *list : one) {
            const std::string *name = type.ifString();
            const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeName &t) {
                return name && t.name == *name;
            });
            if (found == kTypes.end()) {
                fail("type", "knows null, boolean, integer, number, string, array and object, not "
                                 + textOf(type));
                return;
            }
            out.types |= found->bits;
            out.typeText += (out.typeText.empty() ? "" : " or ") + std::string(found->name);
        }
        const JsonValue *nullable = all.find("nullable");
        if (nullable && nullable->isTrue())
            out.types |= Null;
    }

    static void append(std::vector<NodeId> &to, const std::vector<NodeId> &from)
    {
        to.insert(to.end(), from.begin(), from.end());
    }

    Schema m_out;
    Draft m_draft;
    Identities m_identities;
    std::unordered_map<const JsonValue *, NodeId> m_ids;
    std::vector<std::pair<NodeId, const JsonValue *>> m_toRead;
    const Identities::Place *m_place = nullptr; ///< of the schema that is read
    std::optional<Error> m_error;
};

} // namespace

Result<Schema> read(const JsonValue &document) { return Reader(document).run(); }

} // namespace understudy::json_schema
