// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/units.h"
#include "core/http/header_list.h"
#include "core/model/behaviour.h"
#include "core/model/rule.h"

#include "core/base/json_value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The document as plain values: what a mock file says and what the desktop edits. Comparable,
/// copyable, without sockets, text formats or clocks. Defaults are those of format.md. Any thread
/// may use its own copy.
///
///     Server shop;
///     shop.name = "Shop API";
///     shop.listen.port = 0;                       // any free port
///     Endpoint hello;
///     hello.path = "/hello";
///     hello.responses.push_back({});
///     hello.responses[0].body = Body::text("Hello");
///     shop.items.push_back(hello);
namespace understudy {

/// What a body consists of. `content` is, by kind: the text; base64 as written; a file's path
/// relative to the mock file; a bucket's name; a script's path. `json` is only for Json.
struct Body
{
    enum class Kind { None, Text, Json, Base64, File, Bucket, Script };
    Kind kind = Kind::None;
    std::string content;
    JsonValue json;
    bool download = false; ///< File: as an attachment

    bool operator==(const Body &) const = default;
    static Body text(std::string content) { return {Kind::Text, std::move(content), {}, false}; }
    static Body ofJson(JsonValue value) { return {Kind::Json, {}, std::move(value), false}; }
    static Body file(std::string path) { return {Kind::File, std::move(path), {}, false}; }
};

/// Whose names and defaults a template uses.
enum class Dialect { Native, Mockoon, WireMock };

/// How a callback is signed: with an HMAC (RFC 2104) of its body, in a header.
struct Signature
{
    enum class Hash { Sha1, Sha256, Sha512 };
    std::string header = "X-Signature";
    std::string secret;
    std::string secretEnv; ///< the environment variable that holds the secret, instead
    Hash hash = Hash::Sha256;
    std::string format = "{hex}"; ///< of the header's value; `{base64}` is the other form

    bool operator==(const Signature &) const = default;
};

/// A request that is sent when an answer has gone out.
struct Callback
{
    Duration after{}; ///< from the end of the answer
    std::string method = "POST";
    std::string url;
    http::HeaderList headers;
    Body body;
    bool isTemplate = false;
    Dialect dialect = Dialect::Native;
    int retries = 0;                            ///< where there was no answer, or one of 5xx
    Duration backoff = std::chrono::seconds(1); ///< before the first; each time twice as long
    int copies = 1;                             ///< it is sent so often at once
    std::optional<Signature> sign;
    JsonObject extensions;

    bool operator==(const Callback &) const = default;
};

struct ScenarioState
{
    std::string scenario;
    std::string state;
    bool operator==(const ScenarioState &) const = default;
};

struct Response
{
    std::string id; ///< unique in its endpoint; made by assignIds where the file has none
    std::string name;
    std::optional<Rule> when;   ///< none = always
    int status = 200;           ///< 100..999
    std::string statusTemplate; ///< with isTemplate: renders to the status; empty = `status`
    std::string delay;  ///< holds the answer back, beside `behaviour`: "200ms" or, with isTemplate,
                        ///< a template for one; a bare number is milliseconds
    std::string reason; ///< empty = the standard phrase
    http::HeaderList headers;
    Body body;
    bool isTemplate = false;
    Dialect dialect = Dialect::Native;
    std::uint64_t weight = 1;
    std::optional<std::uint64_t> times; ///< answers at most so often; 0 = never
    std::optional<ScenarioState> sets;
    Behaviour behaviour;
    std::vector<Callback> callbacks;
    JsonObject extensions;

    bool operator==(const Response &) const = default;
};

enum class Selection { First, Sequence, Random, Bucket };
enum class SequenceEnd { Last, Loop };

struct Endpoint
{
    std::string id; ///< unique in the file; made from method and path where the file has none
    std::string name;
    std::vector<std::string> methods{"ANY"}; ///< tokens as written; "ANY" alone = every method
    std::string path = "/";                  ///< template, or "regex:…"
    bool enabled = true;
    std::string description;
    int priority = 5; ///< lower first
    Selection select = Selection::First;
    SequenceEnd repeat = SequenceEnd::Last;
    std::optional<ScenarioState> requires_;
    Behaviour behaviour;
    std::string crud; ///< name of a bucket, or empty
    std::vector<Response> responses;
    JsonObject extensions;
    SourceMark origin{}; ///< of what was imported

    bool operator==(const Endpoint &) const = default;
};

class Item;

struct Folder
{
    std::string name;
    bool enabled = true;
    Behaviour behaviour;
    std::vector<Item> items;
    JsonObject extensions;

    bool operator==(const Folder &) const;
};

/// An entry of `endpoints`: an endpoint or a folder of entries. Copies share what they hold, so
/// that a copy of a server costs little, whatever its endpoints hold; what is changed is made its
/// own first (mutableEndpoint, mutableFolder). Any number of threads may read copies; each copy is
/// changed by one, who
/// goes on holding the value that it was copied from, or holds the only one there ever was.
class Item
{
public:
    Item(Endpoint endpoint)
        : m_node(std::make_shared<Endpoint>(std::move(endpoint)))
    {}
    Item(Folder folder)
        : m_node(std::make_shared<Folder>(std::move(folder)))
    {}

    /// Null if it is a folder.
    const Endpoint *endpoint() const
    {
        const auto *node = std::get_if<std::shared_ptr<Endpoint>>(&m_node);
        return node ? node->get() : nullptr;
    }
    /// Null if it is an endpoint.
    const Folder *folder() const
    {
        const auto *node = std::get_if<std::shared_ptr<Folder>>(&m_node);
        return node ? node->get() : nullptr;
    }
    Endpoint *mutableEndpoint() { return own<Endpoint>(); }
    Folder *mutableFolder() { return own<Folder>(); }

    /// Whether both are the same value in memory: equal, without being looked at.
    bool sharesWith(const Item &other) const { return m_node == other.m_node; }
    bool operator==(const Item &other) const;

private:
    template<class T>
    T *own()
    {
        auto *node = std::get_if<std::shared_ptr<T>>(&m_node);
        if (!node)
            return nullptr;
        if (node->use_count() > 1)
            *node = std::make_shared<T>(**node);
        return node->get();
    }

    std::variant<std::shared_ptr<Endpoint>, std::shared_ptr<Folder>> m_node;
};

inline bool Folder::operator==(const Folder &o) const
{
    return name == o.name && enabled == o.enabled && behaviour == o.behaviour && items == o.items
           && extensions == o.extensions;
}

inline bool Item::operator==(const Item &other) const
{
    if (sharesWith(other))
        return true;
    const Endpoint *mine = endpoint();
    const Endpoint *theirs = other.endpoint();
    if (mine || theirs)
        return mine && theirs && *mine == *theirs;
    return *folder() == *other.folder();
}

/// Whether clients have to show a certificate. With an authority, one that is shown must be signed
/// by it either way.
enum class ClientCertificate { None, Optional, Required };

struct Tls
{
    enum class Kind { SelfSigned, Pem, Pkcs12 };
    Kind kind = Kind::SelfSigned;
    std::string certificate;
    std::string key;
    std::string pkcs12;
    std::string passphraseEnv;
    std::string clientAuthority;
    /// Where the file is silent: Required with a clientAuthority, None without.
    std::optional<ClientCertificate> clientCertificate;
    std::string fault; ///< a variant of the `tls` fault, on every connection
    JsonObject extensions{};
    bool operator==(const Tls &) const = default;
};

struct Listen
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 3000; ///< 0 = any free port
    std::optional<Tls> tls;
    JsonObject extensions{};
    bool operator==(const Listen &) const = default;
};

struct Limits
{
    ByteCount head{64'000};
    ByteCount body{100'000'000};
    Duration idle = std::chrono::seconds(75);    ///< silence of an open connection between requests
    Duration request = std::chrono::seconds(30); ///< for a whole request to arrive
    Duration handshake = std::chrono::seconds(10); ///< for a TLS handshake
    JsonObject extensions{};
    bool operator==(const Limits &) const = default;
};

struct Upstream
{
    std::string url;
    std::string when = "unmatched";
    Duration timeout = std::chrono::seconds(30);
    JsonObject extensions{};
    bool operator==(const Upstream &) const = default;
};

/// Whose parameters and answers the operations on a bucket have.
enum class CrudDialect { Mockoon, JsonServer };

struct Bucket
{
    std::string name;
    std::string key = "id";
    JsonValue items;
    std::string itemsFile; ///< instead of items
    CrudDialect dialect = CrudDialect::Mockoon;
    JsonObject extensions;
    bool operator==(const Bucket &) const = default;
};

/// What is said of a scenario beside its states, which endpoints and responses name.
struct Scenario
{
    std::string name;
    std::optional<RuleTarget> key; ///< it has a state for each value of that
    JsonObject extensions{};
    bool operator==(const Scenario &) const = default;
};

struct Server
{
    std::string name;
    std::string description;
    Listen listen;
    std::string base;                    ///< before every path; "" or "/api/v1"
    std::vector<std::string> otherBases; ///< paths answer below these, too; "" is none
    std::optional<std::uint64_t> seed;
    http::HeaderList headers;
    bool cors = false;
    bool ignoreTrailingSlash = false;
    bool mergeSlashes = false; ///< runs of slashes in a request's path count as one
    bool caseInsensitivePaths = false;
    Limits limits;
    Behaviour behaviour;
    std::optional<Upstream> upstream;
    std::optional<Response> fallback;
    std::vector<Bucket> buckets;
    std::vector<Scenario> scenarios; ///< of those that need more than a name
    std::string helpers;             ///< a script's path, whose functions templates can call
    std::string locale;              ///< of invented data, as "de" or "pt_BR"; empty: English
    std::vector<Item> items;         ///< the key `endpoints`
    JsonObject extensions;

    bool operator==(const Server &) const = default;
};

} // namespace understudy
