// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/native/tables.h"
#include "core/model/edit.h"

#include <algorithm>
#include <map>
#include <set>

/// Folders, endpoints, responses, bodies and callbacks.
namespace understudy::formats::native {

namespace {

/// How the content of a body kind stands in the file.
void readContent(Reader &reader, const Node &node, Body &body)
{
    if (body.kind == Body::Kind::Json)
        body.json = readJsonTree(reader, node);
    else
        TextCodec{}.read(reader, node, body.content);
}

Node writeContent(const Body &body)
{
    return body.kind == Body::Kind::Json ? yaml::fromJson(body.json) : Node::ofText(body.content);
}

/// A text that is not UTF-8 cannot stand in the file as one; its bytes can.
Body writable(const Body &body)
{
    if (body.kind == Body::Kind::Text && !text::isUtf8(body.content))
        return {Body::Kind::Base64, text::encodeBase64(body.content), {}, false};
    return body;
}

template<class T>
Key<T> bodyKey(std::string_view name, Body::Kind kind)
{
    return {name,
            [=](Reader &reader, const Node &node, T &object) {
                if (object.body.kind != Body::Kind::None) {
                    reader.error(node.start,
                                 "'" + std::string(name)
                                     + "': there is a body here already; only one can be sent");
                    return;
                }
                object.body.kind = kind;
                readContent(reader, node, object.body);
            },
            [=](const T &object) -> std::optional<Node> {
                const Body body = writable(object.body);
                if (body.kind != kind)
                    return std::nullopt;
                return writeContent(body);
            }};
}

template<class T>
Key<T> downloadKey()
{
    return {"download",
            [](Reader &reader, const Node &node, T &object) {
                FlagCodec{}.read(reader, node, object.body.download);
            },
            [](const T &object) -> std::optional<Node> {
                if (!object.body.download)
                    return std::nullopt;
                return FlagCodec{}.write(true);
            }};
}

/// A number, or a text that is rendered.
Key<Response> statusKey()
{
    return {"status",
            [](Reader &reader, const Node &node, Response &response) {
                if (node.isScalar() && node.text.find("{{") != std::string::npos)
                    response.statusTemplate = node.text;
                else
                    IntegerCodec<int>{100, 999}.read(reader, node, response.status);
            },
            [](const Response &response) -> std::optional<Node> {
                if (!response.statusTemplate.empty())
                    return Node::ofText(response.statusTemplate);
                if (response.status == Response{}.status)
                    return std::nullopt;
                return Node::ofPlain(std::to_string(response.status));
            }};
}

template<class T>
void checkDownload(Reader &reader, const Node &node, const T &object)
{
    const Node *download = node.find("download");
    if (download && object.body.kind != Body::Kind::File)
        reader.error(download->start, "'download' belongs to 'bodyFile'");
}

template<class T>
std::vector<Key<T>> joined(std::vector<Key<T>> first, std::vector<Key<T>> second,
                           std::vector<Key<T>> third)
{
    first.insert(first.end(), second.begin(), second.end());
    first.insert(first.end(), third.begin(), third.end());
    return first;
}

ChoiceCodec<Dialect> dialects()
{
    return {{{Dialect::Native, "native"},
             {Dialect::Mockoon, "mockoon"},
             {Dialect::WireMock, "wiremock"}}};
}

const Table<ScenarioState> &scenarioStateTable()
{
    static const Table<ScenarioState> table(
        "a scenario's state",
        {
            requiredKey("scenario", &ScenarioState::scenario, TextCodec{}),
            requiredKey("state", &ScenarioState::state, TextCodec{}),
        },
        nullptr, {}, true);
    return table;
}

const Table<Signature> &signatureTable()
{
    static const Table<Signature> table(
        "a signature",
        {
            key("header", &Signature::header, TextCodec{}),
            key("secret", &Signature::secret, TextCodec{}),
            key("secretEnv", &Signature::secretEnv, TextCodec{}),
            key("hash", &Signature::hash,
                ChoiceCodec<Signature::Hash>{{{Signature::Hash::Sha1, "sha1"},
                                              {Signature::Hash::Sha256, "sha256"},
                                              {Signature::Hash::Sha512, "sha512"}}}),
            key("format", &Signature::format, TextCodec{}),
        },
        nullptr, [](Reader &reader, const Node &node, const Signature &sign) {
            if (sign.secret.empty() == sign.secretEnv.empty())
                reader.error(node.start, "'sign' takes either 'secret' or 'secretEnv', the name of "
                                         "an environment variable that holds it");
        });
    return table;
}

const Table<Callback> &callbackTable()
{
    static const Table<Callback> table(
        "a callback",
        joined<Callback>(
            {
                key("after", &Callback::after, DurationCodec{}),
                key("method", &Callback::method, TextCodec{}),
                requiredKey("url", &Callback::url, TextCodec{}),
                key("headers", &Callback::headers, HeadersCodec{}),
            },
            bodyKeys<Callback>(),
            {
                key("template", &Callback::isTemplate, FlagCodec{}),
                key("dialect", &Callback::dialect, dialects()),
                key("retries", &Callback::retries, IntegerCodec<int>{0, 100}),
                key("backoff", &Callback::backoff, DurationCodec{}),
                key("copies", &Callback::copies, IntegerCodec<int>{1, 100}),
                key("sign", &Callback::sign, ObjectCodec<Signature>{signatureTable}),
            }),
        &Callback::extensions, checkDownload<Callback>);
    return table;
}

/// Responses without those ids that assignIds makes again by itself, and two of which may not be
/// the same.
struct ResponsesCodec
{
    void read(Reader &reader, const Node &node, std::vector<Response> &value) const
    {
        ListCodec<ObjectCodec<Response>>{{responseTable}}.read(reader, node, value);
        std::map<std::string_view, int> lines;
        for (const Node &item : node.items) {
            const Node *id = item.find("id");
            if (!id || !id->isScalar() || id->text.empty())
                continue;
            const auto [first, isNew] = lines.emplace(id->text, id->start.line);
            if (!isNew)
                reader.error(id->start, "two responses have the id '" + id->text
                                            + "'; the other one stands in line "
                                            + std::to_string(first->second));
        }
    }
    Node write(const std::vector<Response> &value) const
    {
        Node out = Node::list();
        std::set<std::string, std::less<>> taken;
        std::map<int, int> numbers; // where to go on, as ids are never given back
        for (const Response &response : value) {
            Response written = response;
            if (response.id == madeId(response, taken, numbers[response.status]))
                written.id.clear();
            taken.insert(response.id);
            Node node = responseTable().write(written);
            if (node.items.empty())
                node.add("status", Node::ofPlain(std::to_string(response.status)));
            node.text = response.id;
            out.items.push_back(std::move(node));
        }
        return out;
    }

    /// As assignIds does it.
    static std::string madeId(const Response &response,
                              const std::set<std::string, std::less<>> &taken, int &number)
    {
        const std::string base = std::to_string(response.status);
        std::string id = number < 2 ? base : base + '-' + std::to_string(number);
        while (taken.contains(id)) {
            number = std::max(number + 1, 2);
            id = base + '-' + std::to_string(number);
        }
        return id;
    }
};

/// An endpoint without the id that assignIds makes again by itself.
Node writeEndpoint(const Endpoint &endpoint)
{
    Endpoint written = endpoint;
    if (endpoint.id == makeEndpointId(Server{}, endpoint))
        written.id.clear();
    Node node = endpointTable().write(written);
    node.text = endpoint.id;
    return node;
}

} // namespace

template<class T>
std::vector<Key<T>> bodyKeys()
{
    return {
        bodyKey<T>("body", Body::Kind::Text),
        bodyKey<T>("bodyJson", Body::Kind::Json),
        bodyKey<T>("bodyBase64", Body::Kind::Base64),
        bodyKey<T>("bodyFile", Body::Kind::File),
        bodyKey<T>("bodyBucket", Body::Kind::Bucket),
        bodyKey<T>("script", Body::Kind::Script),
        downloadKey<T>(),
    };
}

const Table<Response> &responseTable()
{
    static const Table<Response> table(
        "a response",
        joined<Response>(
            {
                key("id", &Response::id, TextCodec{}),
                key("name", &Response::name, TextCodec{}),
                key("when", &Response::when, RuleCodec{}),
                statusKey(),
                key("reason", &Response::reason, TextCodec{}),
                key("headers", &Response::headers, HeadersCodec{}),
            },
            bodyKeys<Response>(),
            {
                key("template", &Response::isTemplate, FlagCodec{}),
                key("dialect", &Response::dialect, dialects()),
                key("delay", &Response::delay, TextCodec{}),
                key("weight", &Response::weight, CountCodec{0, kLargestCount}),
                key("times", &Response::times, CountCodec{0, kLargestCount}),
                key("sets", &Response::sets, ObjectCodec<ScenarioState>{scenarioStateTable}),
                key("behaviour", &Response::behaviour, ObjectCodec<Behaviour>{behaviourTable}),
                key("callbacks", &Response::callbacks,
                    ListCodec<ObjectCodec<Callback>>{{callbackTable}}),
            }),
        &Response::extensions, checkDownload<Response>);
    return table;
}

const Table<Endpoint> &endpointTable()
{
    static const ChoiceCodec<Selection> selections{{{Selection::First, "first"},
                                                    {Selection::Sequence, "sequence"},
                                                    {Selection::Random, "random"},
                                                    {Selection::Bucket, "bucket"}}};
    static const ChoiceCodec<SequenceEnd> ends{
        {{SequenceEnd::Last, "last"}, {SequenceEnd::Loop, "loop"}}};
    static const Table<Endpoint> table(
        "an endpoint",
        {
            key("id", &Endpoint::id, TextCodec{}),
            key("name", &Endpoint::name, TextCodec{}),
            key("method", &Endpoint::methods, TextsCodec{}),
            requiredKey("path", &Endpoint::path, TextCodec{}),
            key("enabled", &Endpoint::enabled, FlagCodec{}),
            key("description", &Endpoint::description, TextCodec{}),
            key("priority", &Endpoint::priority,
                IntegerCodec<int>{-static_cast<std::int64_t>(kLargestCount), kLargestCount}),
            key("select", &Endpoint::select, selections),
            key("repeat", &Endpoint::repeat, ends),
            key("requires", &Endpoint::requires_, ObjectCodec<ScenarioState>{scenarioStateTable}),
            key("behaviour", &Endpoint::behaviour, ObjectCodec<Behaviour>{behaviourTable}),
            key("crud", &Endpoint::crud, TextCodec{}),
            key("responses", &Endpoint::responses, ResponsesCodec{}),
        },
        &Endpoint::extensions);
    return table;
}

const Table<Folder> &folderTable()
{
    static const Table<Folder> table(
        "a folder",
        {
            requiredKey("folder", &Folder::name, TextCodec{}),
            key("enabled", &Folder::enabled, FlagCodec{}),
            key("behaviour", &Folder::behaviour, ObjectCodec<Behaviour>{behaviourTable}),
            key("endpoints", &Folder::items, ItemsCodec{}),
        },
        &Folder::extensions);
    return table;
}

void ItemsCodec::read(Reader &reader, const Node &node, std::vector<Item> &value) const
{
    if (!node.isList()) {
        reader.expected(node, "a list of endpoints");
        return;
    }
    for (const Node &item : node.items) {
        if (item.isMap() && item.find("folder")) {
            reader.folders.push_back(&item);
            Folder folder;
            folderTable().read(reader, item, folder);
            value.emplace_back(std::move(folder));
        } else if (expectMap(reader, item, "an endpoint")) {
            reader.endpoints.push_back(&item);
            Endpoint endpoint;
            endpointTable().read(reader, item, endpoint);
            value.emplace_back(std::move(endpoint));
        }
    }
}

Node ItemsCodec::write(const std::vector<Item> &value) const
{
    Node out = Node::list();
    for (const Item &item : value) {
        if (const Folder *folder = item.folder()) {
            Node node = folderTable().write(*folder);
            node.text = "folder " + folder->name;
            out.items.push_back(std::move(node));
        } else {
            out.items.push_back(writeEndpoint(*item.endpoint()));
        }
    }
    return out;
}

} // namespace understudy::formats::native
