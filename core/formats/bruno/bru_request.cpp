// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/bruno/request.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::formats::bruno {

namespace {

constexpr std::array<std::string_view, 10> kMethodBlocks{
    "get", "post", "put", "delete", "patch", "options", "head", "connect", "trace", "http"};

/// `file` is another file's text or contents that this file does not hold.
bool isFileValue(std::string_view value) { return value.starts_with("@file("); }

/// `value @contentType(application/json)` is the value.
std::string withoutAnnotation(std::string value)
{
    const std::size_t at = value.rfind(" @contentType(");
    if (at != std::string::npos && value.ends_with(')'))
        value.erase(at);
    return value;
}

class BruRequestReader
{
public:
    BruRequestReader(const BruLevel &level, const std::string &file)
        : m_level(level)
        , m_file(file)
    {}

    Result<std::optional<BrunoRequest>> run()
    {
        const BruBlock *block = methodBlock();
        if (!block)
            return std::optional<BrunoRequest>();
        BrunoRequest out;
        out.at = block->at;
        BruMeta meta = taken(metaOfBru(m_level, m_file));
        out.name = std::move(meta.name);
        out.type = std::move(meta.type);
        out.order = meta.order;
        const bool isOther = block->name == "grpc" || block->name == "ws";
        if (isOther)
            out.type = block->name;
        BruLevel head;
        head.pairs = pairsOf(block);
        if (block->name != "http" && !isOther)
            out.asked.method = text::toUpper(block->name);
        else if (const std::string method = head.valueOf("method"); !method.empty())
            out.asked.method = text::toUpper(method);
        out.asked.url = head.valueOf("url");
        out.asked.mode = head.valueOf("body");
        const std::string auth = head.valueOf("auth");
        out.hasAuth = !auth.empty() && auth != "none" && auth != "inherit";
        readAsked(m_level, out.asked);
        out.variables = enabled(pairsOf(m_level.find("vars:pre-request")));
        if (const BruBlock *docs = m_level.find("docs"))
            out.description = blockText(*docs);
        out.scripts = countOf("script:pre-request") + countOf("script:post-response");
        out.tests = countOf("tests") + countOf("assert");
        out.setsVariables = m_level.find("vars:post-response") != nullptr;
        for (const BruBlock &each : m_level.blocks) {
            if (each.name == "example")
                readExample(each, out);
        }
        if (m_error)
            return *std::move(m_error);
        return std::optional(std::move(out));
    }

private:
    const BruBlock *methodBlock() const
    {
        const auto found
            = std::find_if(m_level.blocks.begin(), m_level.blocks.end(), [](const BruBlock &block) {
                  return block.name == "grpc" || block.name == "ws"
                         || std::find(kMethodBlocks.begin(), kMethodBlocks.end(), block.name)
                                != kMethodBlocks.end();
              });
        return found == m_level.blocks.end() ? nullptr : &*found;
    }

    std::size_t countOf(std::string_view name) const { return m_level.find(name) ? 1 : 0; }

    std::vector<BruPair> pairsOf(const BruBlock *block)
    {
        if (!block)
            return {};
        return taken(readPairs(*block, m_file));
    }

    /// The first error stays.
    template<class T>
    T taken(Result<T> read)
    {
        if (read)
            return *std::move(read);
        if (!m_error)
            m_error = read.error();
        return {};
    }

    static Pairs enabled(std::vector<BruPair> pairs)
    {
        Pairs out;
        for (BruPair &pair : pairs) {
            if (pair.isEnabled)
                out.emplace_back(std::move(pair.name), withoutAnnotation(std::move(pair.value)));
        }
        return out;
    }

    /// Parameters and body.
    void readAsked(const BruLevel &level, Asked &asked)
    {
        const BruBlock *query = level.find("params:query");
        if (!query)
            query = level.find("query");
        if (query)
            asked.query = enabled(pairsOf(query));
        asked.path = enabled(pairsOf(level.find("params:path")));
        const std::string &mode = asked.mode;
        if (mode == "formUrlEncoded" || mode == "multipartForm") {
            asked.fields = enabled(pairsOf(level.find(
                mode == "multipartForm" ? "body:multipart-form" : "body:form-urlencoded")));
            asked.sendsFile
                = std::erase_if(asked.fields,
                                [](const auto &pair) { return isFileValue(pair.second); })
                  > 0;
            return;
        }
        const BruBlock *body = level.find("body:" + mode);
        if (!body && mode == "json")
            body = level.find("body");
        asked.sendsFile = body && mode == "file";
        if (body && mode != "file" && mode != "none")
            asked.body = blockText(*body);
        if (const BruBlock *values = level.find("body:graphql:vars"))
            asked.graphQlVariables = blockText(*values);
    }

    void readExample(const BruBlock &block, BrunoRequest &out)
    {
        const BruLevel level = taken(readLevel(block.lines, m_file));
        SavedExample example;
        example.at = block.at;
        example.name = level.valueOf("name");
        if (const BruBlock *request = level.find("request")) {
            const BruLevel inner = taken(readLevel(request->lines, m_file));
            Asked &asked = example.asked.emplace();
            asked.method = text::toUpper(inner.valueOf("method"));
            asked.url = inner.valueOf("url");
            asked.mode = inner.valueOf("mode");
            readAsked(inner, asked);
        }
        const BruBlock *response = level.find("response");
        if (response)
            readResponse(taken(readLevel(response->lines, m_file)), example);
        if (response)
            out.examples.push_back(std::move(example));
    }

    void readResponse(const BruLevel &level, SavedExample &out)
    {
        BruLevel status;
        status.pairs = pairsOf(level.find("status"));
        out.status = status.valueOf("code");
        out.reason = status.valueOf("text");
        for (auto &[name, value] : enabled(pairsOf(level.find("headers"))))
            out.headers.push_back({name, value});
        BruLevel body;
        body.pairs = pairsOf(level.find("body"));
        out.type = body.valueOf("type");
        out.body = body.valueOf("content");
    }

    const BruLevel &m_level;
    const std::string &m_file;
    std::optional<Error> m_error;
};

} // namespace

Result<std::optional<BrunoRequest>> requestOfBru(const BruLevel &file, const std::string &name)
{
    return BruRequestReader(file, name).run();
}

Result<BruMeta> metaOfBru(const BruLevel &file, const std::string &name)
{
    const BruBlock *block = file.find("meta");
    if (!block)
        return BruMeta();
    auto pairs = readPairs(*block, name);
    if (!pairs)
        return pairs.error();
    const BruLevel meta{{}, *std::move(pairs)};
    const std::string order = meta.valueOf("seq");
    int number = 0;
    std::from_chars(order.data(), order.data() + order.size(), number);
    return BruMeta{meta.valueOf("name"), meta.valueOf("type"), static_cast<double>(number)};
}

Result<Pairs> variablesOfBru(const BruLevel &file, const std::string &name)
{
    Pairs out;
    for (const BruBlock &block : file.blocks) {
        if (block.name != "vars" && block.name != "vars:pre-request")
            continue;
        auto pairs = readPairs(block, name);
        if (!pairs)
            return pairs.error();
        for (BruPair &pair : *pairs) {
            if (pair.isEnabled)
                out.emplace_back(std::move(pair.name), std::move(pair.value));
        }
    }
    return out;
}

} // namespace understudy::formats::bruno
