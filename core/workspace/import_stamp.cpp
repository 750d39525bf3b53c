// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/import_stamp.h"

#include "core/base/draw.h"
#include "core/formats/native/native.h"
#include "core/formats/yaml/emit.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>

namespace understudy::workspace {

namespace {

using formats::yaml::Node;
namespace yaml = formats::yaml;

constexpr std::string_view kBody = "body";

/// What stands elsewhere in the stamp, or is nobody's but the user's.
bool isLeftOut(std::string_view key)
{
    constexpr std::array<std::string_view, 7> keys{
        "understudy", "id", "endpoints", "responses", "listen", "buckets", kStampKey};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Eight digits: an edit goes unseen once in four thousand million.
std::string shortHash(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::uint64_t hash = hashText(text);
    std::string out(8, '0');
    for (char &c : out) {
        c = digits[hash & 0xF];
        hash >>= 4;
    }
    return out;
}

std::string textOf(const KeyHashes &hashes)
{
    std::string out;
    for (const auto &[key, hash] : hashes) {
        if (!out.empty())
            out += '&';
        out.append(http::percentEncode(key, "/")).append("=").append(hash);
    }
    return out;
}

KeyHashes hashesIn(const JsonValue *value)
{
    KeyHashes out;
    if (const std::string *text = value ? value->ifString() : nullptr) {
        for (auto &[key, hash] : http::parseQuery(*text))
            out.emplace(std::move(key), std::move(hash));
    }
    return out;
}

void collect(const Node &endpoints, ImportStamp &stamp)
{
    for (const Node &item : endpoints.items) {
        if (item.find("folder")) {
            if (const Node *inner = item.find("endpoints"))
                collect(*inner, stamp);
            continue;
        }
        stamp.endpoints.emplace(item.text, hashesOf(item));
        const Node *responses = item.find("responses");
        if (!responses)
            continue;
        auto &own = stamp.responses[item.text];
        for (const Node &response : responses->items)
            own.emplace(response.text, hashesOf(response));
    }
}

JsonValue toJson(const ImportStamp &stamp)
{
    JsonObject out{{"from", stamp.from}};
    if (stamp.place > 0)
        out.set("place", stamp.place);
    out.set("name", stamp.name);
    for (const formats::LoadChoice &choice : formats::kLoadChoices) {
        if (stamp.options.*choice.isChosen)
            out.set(choice.name, true);
    }
    out.set("server", textOf(stamp.server));
    std::vector<JsonMember> endpoints;
    for (const auto &[id, hashes] : stamp.endpoints)
        endpoints.push_back({id, textOf(hashes)});
    out.set("endpoints", JsonObject::of(std::move(endpoints)));
    std::vector<JsonMember> responses;
    for (const auto &[id, own] : stamp.responses) {
        std::vector<JsonMember> members;
        for (const auto &[response, hashes] : own)
            members.push_back({response, textOf(hashes)});
        responses.push_back({id, JsonObject::of(std::move(members))});
    }
    out.set("responses", JsonObject::of(std::move(responses)));
    return out;
}

std::size_t numberIn(const JsonValue *value)
{
    const JsonNumber *number = value ? value->ifNumber() : nullptr;
    const bool isPlace = number && !number->text.empty() && number->text.size() < 8
                         && std::all_of(number->text.begin(), number->text.end(),
                                        [](char c) { return c >= '0' && c <= '9'; });
    return isPlace ? static_cast<std::size_t>(std::stoul(number->text)) : 0;
}

} // namespace

std::string_view comparedAs(std::string_view key)
{
    constexpr std::array<std::string_view, 7> bodies{
        kBody, "bodyJson", "bodyBase64", "bodyFile", "bodyBucket", "script", "download"};
    if (isLeftOut(key))
        return {};
    return std::find(bodies.begin(), bodies.end(), key) != bodies.end() ? kBody : key;
}

KeyHashes hashesOf(const Node &object)
{
    std::map<std::string, std::string, std::less<>> texts;
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        const std::string &key = object.keys[i].text;
        if (comparedAs(key).empty())
            continue;
        Node alone = Node::map();
        alone.add(key, object.items[i]);
        texts[std::string(comparedAs(key))] += yaml::emit(alone);
    }
    if (const Node *buckets = object.find("buckets")) {
        for (std::size_t i = 0; i < buckets->keys.size(); ++i)
            texts["buckets/" + buckets->keys[i].text] = yaml::emit(buckets->items[i]);
    }
    KeyHashes out;
    for (const auto &[key, text] : texts)
        out.emplace(key, shortHash(text));
    return out;
}

std::string stampName(const std::filesystem::path &document)
{
    std::error_code ignored;
    const std::filesystem::path path
        = std::filesystem::absolute(document, ignored).lexically_normal();
    return (path.has_filename() ? path : path.parent_path()).filename().string();
}

formats::LoadOptions asBefore(const ImportStamp &stamp, formats::LoadOptions options)
{
    for (const formats::LoadChoice &choice : formats::kLoadChoices)
        options.*choice.isChosen = options.*choice.isChosen || stamp.options.*choice.isChosen;
    return options;
}

std::optional<ImportStamp> stampOf(const Server &server)
{
    const JsonValue *value = server.extensions.find(kStampKey);
    const JsonObject *object = value ? value->ifObject() : nullptr;
    const JsonValue *from = object ? object->find("from") : nullptr;
    if (!from || !from->ifString())
        return std::nullopt;
    ImportStamp out;
    out.from = *from->ifString();
    out.place = numberIn(object->find("place"));
    if (const JsonValue *name = object->find("name"); name && name->isString())
        out.name = *name->ifString();
    for (const formats::LoadChoice &choice : formats::kLoadChoices) {
        const JsonValue *flag = object->find(choice.name);
        out.options.*choice.isChosen = flag && flag->isTrue();
    }
    out.server = hashesIn(object->find("server"));
    if (const JsonValue *endpoints = object->find("endpoints");
        endpoints && endpoints->isObject()) {
        for (const JsonMember &member : *endpoints->ifObject())
            out.endpoints.emplace(member.name, hashesIn(&member.value));
    }
    if (const JsonValue *responses = object->find("responses");
        responses && responses->isObject()) {
        for (const JsonMember &member : *responses->ifObject()) {
            auto &own = out.responses[member.name];
            if (!member.value.isObject())
                continue;
            for (const JsonMember &response : *member.value.ifObject())
                own.emplace(response.name, hashesIn(&response.value));
        }
    }
    return out;
}

void setStamp(Server &server, const ImportStamp &stamp)
{
    server.extensions.set(kStampKey, toJson(stamp));
}

ImportStamp stampWith(ImportStamp stamp, const Node &tree)
{
    stamp.server = hashesOf(tree);
    stamp.endpoints.clear();
    stamp.responses.clear();
    if (const Node *endpoints = tree.find("endpoints"))
        collect(*endpoints, stamp);
    return stamp;
}

void stampImport(formats::LoadOutcome &outcome, const formats::LoadOptions &options)
{
    std::map<std::filesystem::path, std::size_t> places;
    for (formats::LoadedServer &loaded : outcome.servers) {
        const std::size_t place = places[loaded.file]++;
        if (loaded.format == "native")
            continue;
        loaded.server.extensions.erase(kStampKey);
        ImportStamp stamp;
        stamp.from = stampName(loaded.file);
        stamp.place = place;
        stamp.name = loaded.server.name;
        for (const formats::LoadChoice &choice : formats::kLoadChoices)
            stamp.options.*choice.isChosen
                = options.*choice.isChosen && loaded.offered.*choice.isChosen;
        setStamp(loaded.server,
                 stampWith(std::move(stamp), formats::native::writeTree(loaded.server)));
    }
}

} // namespace understudy::workspace
