// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/tables.h"
#include "core/model/fault_catalogue.h"

#include <algorithm>

/// The keys of a server but its endpoints.
namespace understudy::formats::native {

namespace {

constexpr int kVersion = 1;

/// `understudy: 1`, which says that this is a mock file. Not part of the model.
Key<Server> versionKey()
{
    return {"understudy",
            [](Reader &reader, const Node &node, Server &) {
                const JsonValue value = node.isScalar() ? yaml::scalarToJson(node) : JsonValue();
                const JsonNumber *number = value.ifNumber();
                if (!number || number->text.find_first_of(".eE") != std::string::npos)
                    reader.expected(node, "the number of the format's version, 1");
                else if (number->text != std::to_string(kVersion))
                    reader.error(node.start,
                                 "this file is of version " + node.text
                                     + " of the format; version 1 can be read",
                                 ErrorCode::Unsupported);
            },
            [](const Server &) -> std::optional<Node> {
                return Node::ofPlain(std::to_string(kVersion));
            },
            true};
}

void checkTls(Reader &reader, const Node &node, const Tls &tls)
{
    if (!tls.certificate.empty() && !tls.pkcs12.empty())
        reader.error(node.start, "either 'certificate' and 'key', or 'pkcs12'");
    else if (tls.certificate.empty() != tls.key.empty())
        reader.error(node.start, "'certificate' and 'key' go together");
    if (!tls.passphraseEnv.empty() && tls.pkcs12.empty() && tls.key.empty())
        reader.error(node.start, "'passphraseEnv' belongs to 'key' or 'pkcs12'");
    const std::vector<std::string_view> &faults = faultTraits(FaultKind::Tls).variants;
    const Node *fault = node.find("fault");
    if (fault && !reader.hasProblemIn(*fault)
        && std::find(faults.begin(), faults.end(), tls.fault) == faults.end())
        reader.unknownName(fault->start, "TLS fault", tls.fault, faults);
}

ChoiceCodec<ClientCertificate> clientCertificates()
{
    return {{{ClientCertificate::None, "none"},
             {ClientCertificate::Optional, "optional"},
             {ClientCertificate::Required, "required"}}};
}

const Table<Tls> &tlsTable()
{
    static const Table<Tls> table(
        "tls",
        {
            key("certificate", &Tls::certificate, TextCodec{}),
            key("key", &Tls::key, TextCodec{}),
            key("pkcs12", &Tls::pkcs12, TextCodec{}),
            key("passphraseEnv", &Tls::passphraseEnv, TextCodec{}),
            key("clientAuthority", &Tls::clientAuthority, TextCodec{}),
            key("clientCertificate", &Tls::clientCertificate, clientCertificates()),
            key("fault", &Tls::fault, TextCodec{}),
        },
        &Tls::extensions, checkTls);
    return table;
}

/// `self-signed`, or a map; a map that names no certificate is self-signed too.
struct TlsCodec
{
    void read(Reader &reader, const Node &node, Tls &value) const
    {
        if (node.isScalar() && node.text == "self-signed")
            return;
        if (!node.isMap()) {
            reader.expected(node, "'self-signed' or a map with certificate and key, or pkcs12");
            return;
        }
        tlsTable().read(reader, node, value);
        value.kind = !value.certificate.empty() ? Tls::Kind::Pem
                     : !value.pkcs12.empty()    ? Tls::Kind::Pkcs12
                                                : Tls::Kind::SelfSigned;
    }
    Node write(const Tls &value) const
    {
        Node out = tlsTable().write(value);
        return out.items.empty() ? Node::ofText("self-signed") : out;
    }
};

const Table<Listen> &listenTable()
{
    static const Table<Listen> table("listen",
                                     {
                                         key("address", &Listen::address, TextCodec{}),
                                         key("port", &Listen::port, IntegerCodec<std::uint16_t>{}),
                                         key("tls", &Listen::tls, TlsCodec{}),
                                     },
                                     &Listen::extensions);
    return table;
}

const Table<Limits> &limitsTable()
{
    static const Table<Limits> table("limits",
                                     {
                                         key("head", &Limits::head, SizeCodec{}),
                                         key("body", &Limits::body, SizeCodec{}),
                                         key("idle", &Limits::idle, DurationCodec{}),
                                         key("request", &Limits::request, DurationCodec{}),
                                         key("handshake", &Limits::handshake, DurationCodec{}),
                                     },
                                     &Limits::extensions);
    return table;
}

const Table<Upstream> &upstreamTable()
{
    static const Table<Upstream> table(
        "upstream",
        {
            requiredKey("url", &Upstream::url, TextCodec{}),
            key("when", &Upstream::when, ChoiceCodec<std::string>{{{"unmatched", "unmatched"}}}),
            key("timeout", &Upstream::timeout, DurationCodec{}),
        },
        &Upstream::extensions);
    return table;
}

void checkBucket(Reader &reader, const Node &node, const Bucket &)
{
    if (node.find("items") && node.find("itemsFile"))
        reader.error(node.start, "a bucket has 'items' or 'itemsFile', not both");
}

const Table<Bucket> &bucketTable()
{
    static const ChoiceCodec<CrudDialect> dialects{
        {{CrudDialect::Mockoon, "mockoon"}, {CrudDialect::JsonServer, "json-server"}}};
    static const Table<Bucket> table("a bucket",
                                     {
                                         key("key", &Bucket::key, TextCodec{}),
                                         key("items", &Bucket::items, JsonCodec{}),
                                         key("itemsFile", &Bucket::itemsFile, TextCodec{}),
                                         key("dialect", &Bucket::dialect, dialects),
                                     },
                                     &Bucket::extensions, checkBucket);
    return table;
}

/// What a rule looks at, as one text.
struct TargetCodec
{
    void read(Reader &reader, const Node &node, RuleTarget &value) const
    {
        if (!node.isScalar() || !parseRuleTarget(node.text, value))
            reader.expected(node, "what the key is taken from, as in rules: 'header.X-Test-Run'");
    }
    Node write(const RuleTarget &value) const { return Node::ofText(ruleTargetText(value)); }
};

/// A path, or a list of them: the first is the one that is shown. "/" is none.
Key<Server> baseKey()
{
    const auto asWritten = [](const std::string &base) { return base.empty() ? "/" : base; };
    return {"base",
            [](Reader &reader, const Node &node, Server &server) {
                std::vector<std::string> bases;
                TextsCodec{}.read(reader, node, bases);
                for (std::string &base : bases)
                    base = base == "/" ? std::string() : base;
                if (bases.empty())
                    return;
                server.base = std::move(bases.front());
                server.otherBases.assign(bases.begin() + 1, bases.end());
            },
            [asWritten](const Server &server) -> std::optional<Node> {
                if (server.otherBases.empty() && server.base.empty())
                    return std::nullopt;
                std::vector<std::string> bases{server.otherBases.empty() ? server.base
                                                                         : asWritten(server.base)};
                for (const std::string &base : server.otherBases)
                    bases.push_back(asWritten(base));
                return bases.size() == 1 ? Node::ofText(bases.front()) : TextsCodec{}.write(bases);
            }};
}

const Table<Scenario> &scenarioKeyTable()
{
    static const Table<Scenario> table("a scenario", {key("key", &Scenario::key, TargetCodec{})},
                                       &Scenario::extensions);
    return table;
}

/// A map of names and what `table` reads.
template<class T, const Table<T> &(*table)()>
struct NamedCodec
{
    std::string_view expected;

    void read(Reader &reader, const Node &node, std::vector<T> &value) const
    {
        if (!node.isMap()) {
            reader.expected(node, expected);
            return;
        }
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            T &one = value.emplace_back();
            one.name = node.keys[i].text;
            table().read(reader, node.items[i], one);
        }
    }
    Node write(const std::vector<T> &value) const
    {
        Node out = Node::map();
        for (const T &one : value)
            out.add(one.name, table().write(one));
        return out;
    }
};

/// The fallback's id is always "fallback" and not worth a line (assignIds).
struct FallbackCodec
{
    void read(Reader &reader, const Node &node, Response &value) const
    {
        responseTable().read(reader, node, value);
    }
    Node write(Response value) const
    {
        if (value.id == "fallback")
            value.id.clear();
        return responseTable().write(value);
    }
};

} // namespace

const Table<Server> &serverTable()
{
    static const Table<Server> table(
        "a server",
        {
            versionKey(),
            key("name", &Server::name, TextCodec{}),
            key("description", &Server::description, TextCodec{}),
            key("listen", &Server::listen, ObjectCodec<Listen>{listenTable}),
            baseKey(),
            key("seed", &Server::seed, CountCodec{}),
            key("headers", &Server::headers, HeadersCodec{}),
            key("cors", &Server::cors, FlagCodec{}),
            key("ignoreTrailingSlash", &Server::ignoreTrailingSlash, FlagCodec{}),
            key("mergeSlashes", &Server::mergeSlashes, FlagCodec{}),
            key("caseInsensitivePaths", &Server::caseInsensitivePaths, FlagCodec{}),
            key("limits", &Server::limits, ObjectCodec<Limits>{limitsTable}),
            key("behaviour", &Server::behaviour, ObjectCodec<Behaviour>{behaviourTable}),
            key("upstream", &Server::upstream, ObjectCodec<Upstream>{upstreamTable}),
            key("fallback", &Server::fallback, FallbackCodec{}),
            key("buckets", &Server::buckets,
                NamedCodec<Bucket, bucketTable>{"a map of names and buckets"}),
            key("scenarios", &Server::scenarios,
                NamedCodec<Scenario, scenarioKeyTable>{"a map of names and what is said of each"}),
            key("helpers", &Server::helpers, TextCodec{}),
            key("locale", &Server::locale, TextCodec{}),
            key("endpoints", &Server::items, ItemsCodec{}),
        },
        &Server::extensions);
    return table;
}

} // namespace understudy::formats::native
