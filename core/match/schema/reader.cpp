// SPDX-License-Identifier: Apache-2.0
#include "core/match/schema/reader.h"

#include "core/match/comparison.h"
#include "core/match/schema/identities.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace understudy::json_schema {

namespace {

struct TypeName
{
    std::string_view name;
    unsigned bits;
};
constexpr std::array kTypes{TypeName{"null", Null},       TypeName{"boolean", Boolean},
                            TypeName{"integer", Integer}, TypeName{"number", Number | Integer},
                            TypeName{"string", String},   TypeName{"array", Array},
                            TypeName{"object", Object}};

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
        if (!m_error)
            refuseCircles();
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
        if (readReference(out, name, value) || readLogic(out, name, value)
            || readNumbers(out, name, value, all) || readTexts(out, name, value)
            || readItems(out, name, value, all) || readMembers(out, name, value))
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
        if (name == "$ref" && out.reference != kNone)
            out.allOf.push_back(target);
        else
            out.reference = target;
        if (!isRecursive && !isDynamic)
            return true;
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

    bool readLogic(Node &out, const std::string &name, const JsonValue &value)
    {
        if (name == "allOf")
            append(out.allOf, schemasIn(name, value));
        else if (name == "anyOf")
            out.anyOf = schemasIn(name, value);
        else if (name == "oneOf")
            out.oneOf = schemasIn(name, value);
        else if (name == "not")
            out.denied = schemaIn(name, value);
        else if (m_draft < Draft::Seven)
            return false;
        else if (name == "if")
            out.condition = schemaIn(name, value);
        else if (name == "then")
            out.then = schemaIn(name, value);
        else if (name == "else")
            out.otherwise = schemaIn(name, value);
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
        const std::string *text = value.ifString();
        if (name == "minLength")
            out.length.least = countIn(name, value);
        else if (name == "maxLength")
            out.length.most = countIn(name, value);
        else if (name == "pattern" && text)
            out.pattern = patternIn(name, *text);
        else if (name == "format" && text) {
            out.format = findFormat(*text);
            if (!out.format)
                m_out.unknownFormats.push_back(*text);
        } else if (name == "pattern" || name == "format")
            fail(name, "has to be a text");
        else
            return false;
        return true;
    }

    bool readItems(Node &out, const std::string &name, const JsonValue &value,
                   const JsonObject &all)
    {
        const bool hasPrefix = m_draft == Draft::Year2020;
        const JsonValue *items = all.find("items");
        if (name == "minItems")
            out.items.least = countIn(name, value);
        else if (name == "maxItems")
            out.items.most = countIn(name, value);
        else if (name == "uniqueItems")
            out.isUnique = flagIn(name, value);
        else if (name == "prefixItems" && hasPrefix)
            out.firstItems = schemasIn(name, value);
        else if (name == "items" && value.isArray())
            // Before 2020-12; later it is a mistake whose meaning is clear.
            out.firstItems = schemasIn(name, value);
        else if (name == "items")
            out.otherItems = schemaIn(name, value);
        else if (name == "additionalItems" && items && items->isArray())
            out.otherItems = schemaIn(name, value);
        else if (name == "contains" && m_draft != Draft::Four)
            out.contains = schemaIn(name, value);
        else if (m_draft < Draft::Year2019)
            return false;
        else if (name == "minContains")
            out.contained.least = countIn(name, value);
        else if (name == "maxContains")
            out.contained.most = countIn(name, value);
        else if (name == "unevaluatedItems") {
            out.unevaluatedItems = schemaIn(name, value);
            m_out.tracksEvaluated = true;
        } else
            return false;
        return true;
    }

    bool readMembers(Node &out, const std::string &name, const JsonValue &value)
    {
        if (name == "minProperties")
            out.members.least = countIn(name, value);
        else if (name == "maxProperties")
            out.members.most = countIn(name, value);
        else if (name == "required")
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
        } else if (name == "additionalProperties")
            out.otherProperties = schemaIn(name, value);
        else if (name == "propertyNames" && m_draft != Draft::Four)
            out.names = schemaIn(name, value);
        else if (name == "dependencies" || name == "dependentSchemas"
                 || name == "dependentRequired") {
            for (const JsonMember &member : objectIn(name, value)) {
                if (member.value.isArray())
                    out.dependentRequired.emplace_back(member.name, textsIn(name, member.value));
                else
                    out.dependentSchemas.emplace_back(member.name, schemaIn(name, member.value));
            }
        } else if (name == "unevaluatedProperties" && m_draft >= Draft::Year2019) {
            out.unevaluatedProperties = schemaIn(name, value);
            m_out.tracksEvaluated = true;
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

    /// A schema that asks of a value whether it fits that very schema would never end.
    void refuseCircles()
    {
        enum State : unsigned char { New, Open, Done };
        std::vector<State> states(m_out.nodes.size(), New);
        std::vector<std::pair<NodeId, std::size_t>> path;
        for (NodeId start = 0; start < m_out.nodes.size(); ++start) {
            if (states[start] != New)
                continue;
            path.emplace_back(start, 0);
            states[start] = Open;
            while (!path.empty()) {
                auto &[id, next] = path.back();
                const std::vector<NodeId> same = onTheSameValue(m_out.nodes[id]);
                if (next == same.size()) {
                    states[id] = Done;
                    path.pop_back();
                    continue;
                }
                const NodeId child = same[next++];
                if (states[child] == Open) {
                    m_error = Error{
                        ErrorCode::Syntax, "#: the schema refers to itself without end", {}};
                    return;
                }
                if (states[child] == New) {
                    states[child] = Open;
                    path.emplace_back(child, 0);
                }
            }
        }
    }

    static std::vector<NodeId> onTheSameValue(const Node &node)
    {
        std::vector<NodeId> out;
        append(out, node.allOf);
        append(out, node.anyOf);
        append(out, node.oneOf);
        for (const auto &[name, id] : node.dependentSchemas)
            out.push_back(id);
        for (const NodeId id :
             {node.denied, node.condition, node.then, node.otherwise, node.reference}) {
            if (id != kNone)
                out.push_back(id);
        }
        return out;
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
