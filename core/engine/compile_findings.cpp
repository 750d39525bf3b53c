// SPDX-License-Identifier: Apache-2.0
#include "core/engine/compile_findings.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/engine/answer_builder.h"
#include "core/engine/behaviour_compiler.h"
#include "core/engine/bucket_state.h"
#include "core/engine/callbacks.h"
#include "core/engine/dynamic_answer.h"
#include "core/engine/file_body.h"
#include "core/engine/scenario_keys.h"
#include "core/engine/script_file.h"
#include "core/match/rule_matcher.h"
#include "core/model/path_pattern.h"
#include "core/template/dialects.h"

namespace understudy {

namespace {

/// Compiles piece by piece, so that one broken piece does not hide the next.
class Finder
{
public:
    Finder(const Server &server, const CompileOptions &options)
        : m_server(server)
        , m_options(options)
    {}

    std::vector<Finding> run()
    {
        behaviour(m_server.behaviour);
        for (const Bucket &bucket : m_server.buckets) {
            const BucketState state(readBucket(bucket, m_options.folder));
            if (state.problem().empty())
                continue;
            warning("buckets", "bucket '" + bucket.name + "': " + state.problem());
            m_findings.back().isOutside = !bucket.itemsFile.empty();
        }
        if (!m_server.helpers.empty())
            script(m_server.helpers, "helpers");
        if (const auto keys = ScenarioKeys::compile(m_server.scenarios); !keys)
            error("scenarios", keys.error().message);
        if (m_server.fallback)
            response(*m_server.fallback);
        folders(m_server.items, {});
        forEachEndpoint(m_server, [this](const EndpointVisit &visit) {
            if (visit.enabled)
                endpoint(visit.endpoint);
        });
        return std::move(m_findings);
    }

private:
    void error(std::string field, std::string message)
    {
        m_findings.push_back({Severity::Error, m_endpoint, m_response, std::move(field),
                              std::move(message), m_folder});
    }

    void warning(std::string field, std::string message)
    {
        error(std::move(field), std::move(message));
        m_findings.back().severity = Severity::Warning;
    }

    /// `outer`: of the rule that this one is a part of.
    void rule(const Rule &tree, const std::string &field, const SourceMark &outer = {})
    {
        SourceMark origin = tree.origin.isKnown() ? tree.origin : outer;
        if (!origin.file)
            origin.file = outer.file;
        if (const auto *group = std::get_if<RuleGroup>(&tree.node)) {
            for (const Rule &child : group->rules)
                rule(child, field, origin);
            return;
        }
        const std::string place
            = field + ":" + ruleTargetText(std::get<RuleLeaf>(tree.node).target);
        const auto compiled = RuleMatcher::compile(tree);
        if (compiled) {
            for (std::string &remark : compiled->remarks()) {
                warning(place, std::move(remark));
                m_findings.back().origin = origin;
            }
            return;
        }
        // Of a fault's condition nothing is tolerated.
        const bool isOff = m_options.toleratesBrokenRules && field == "when";
        error(place,
              (isOff ? "its rules are off, it never answers: " : "") + compiled.error().message);
        m_findings.back().origin = origin;
    }

    /// Compiles a block that holds nothing else.
    void piece(const Behaviour &part, const std::string &field)
    {
        Server alone;
        alone.behaviour = part;
        ServerMemory memory;
        std::vector<std::string> notices;
        BehaviourCompiler compiler(alone, memory, m_options, notices);
        if (const auto scope = compiler.serverScope(); !scope)
            error(field, scope.error().message);
        for (std::string &notice : notices)
            warning(field, std::move(notice));
    }

    void behaviour(const Behaviour &block)
    {
        const auto latency = [&](std::optional<LatencyModel> Latency::*place, const char *name) {
            if (!(block.latency.*place))
                return;
            Behaviour part;
            part.latency = block.latency;
            for (auto other : {&Latency::connect, &Latency::head, &Latency::body}) {
                if (other != place)
                    (part.latency.*other).reset();
            }
            piece(part, std::string("behaviour.latency.") + name + ".samples");
        };
        latency(&Latency::connect, "connect");
        latency(&Latency::head, "head");
        latency(&Latency::body, "body");
        if (block.throttle) {
            Behaviour part;
            part.throttle = block.throttle;
            piece(part, "behaviour.throttle.profile");
        }
        for (std::size_t i = 0; i < block.faults.size(); ++i) {
            if (block.faults[i].when)
                rule(*block.faults[i].when, "behaviour.faults." + std::to_string(i) + ".when");
            if (!block.faults[i].body.empty())
                charset("behaviour.faults." + std::to_string(i) + ".body",
                        mergeHeaders(m_server.headers, block.faults[i].headers),
                        block.faults[i].body);
        }
    }

    void charset(std::string field, http::HeaderList headers, std::string body)
    {
        http::Response parts;
        parts.headers = std::move(headers);
        parts.body = std::move(body);
        if (auto problem = encodeBody(parts))
            warning(std::move(field), *std::move(problem));
    }

    void response(const Response &value)
    {
        m_response = value.id;
        if (value.when)
            rule(*value.when, "when", m_origin);
        templates(value);
        callbacks(value);
        behaviour(value.behaviour);
        if (value.body.kind == Body::Kind::Text || value.body.kind == Body::Kind::Json)
            charset("body", mergeHeaders(m_server.headers, value.headers),
                    value.body.kind == Body::Kind::Text ? value.body.content
                                                        : writeJson(value.body.json));
        if (value.body.kind == Body::Kind::Script)
            script(value.body.content, "script");
        if (value.body.kind == Body::Kind::File
            && !(value.isTemplate && hasTemplate(value.body.content)))
            fileOf(value.body.content, "bodyFile");
        m_response.clear();
    }

    /// A template that is none is an error where it is ours, and answered as Mockoon answers it
    /// where it came from there.
    void templates(const Response &value)
    {
        const auto compiled
            = DynamicAnswer::compile(value, mergeHeaders(m_server.headers, value.headers),
                                     m_options.folder, m_options.allowOutside);
        if (compiled) {
            for (const auto &[field, message] : compiled->problems()) {
                if (value.dialect == Dialect::Native)
                    error(field, message);
                else
                    warning(field, message);
            }
        }
    }

    /// Warnings: the answer goes out all the same.
    void callbacks(const Response &value)
    {
        if (const auto compiled
            = Callbacks::compile(value, m_options.folder, m_options.allowOutside)) {
            for (const auto &[field, message] : compiled->problems())
                warning(field, message);
        }
        for (std::size_t i = 0; i < value.callbacks.size(); ++i)
            callback(value.callbacks[i], Callbacks::fieldOf(i));
    }

    void callback(const Callback &value, const std::string &field)
    {
        const auto isIn = [&](std::string_view text) { return value.url.starts_with(text); };
        if (!(value.isTemplate && hasTemplate(value.url)) && !isIn("/") && !isIn("http://")
            && !isIn("https://"))
            warning(field + "url", "'" + value.url
                                       + "' is no address: it begins with http:// or https://, or "
                                         "with a slash for this server");
        if (!http::isToken(value.method) && !(value.isTemplate && hasTemplate(value.method)))
            warning(field + "method", "'" + value.method + "' is not a method");
        for (const http::HeaderField &header : value.headers) {
            if (!http::isToken(header.name) || !http::isFieldValue(header.value))
                warning(field + "headers", "'" + header.name + "' is not a header; it is left out");
        }
        const Body &body = value.body;
        const bool isKnown = std::any_of(m_server.buckets.begin(), m_server.buckets.end(),
                                         [&](const Bucket &b) { return b.name == body.content; });
        if (body.kind == Body::Kind::Bucket && !isKnown)
            warning(field + "bodyBucket", "there is no bucket '" + body.content + "'");
        if (body.kind == Body::Kind::Base64 && !text::decodeBase64(body.content))
            warning(field + "bodyBase64", "the body is not base64");
        if (body.kind == Body::Kind::File && !(value.isTemplate && hasTemplate(body.content)))
            fileOf(body.content, field + "bodyFile");
    }

    void fileOf(const std::string &written, std::string field)
    {
        const auto problem
            = fileProblem(resolveFileBody(written, m_options.folder, m_options.allowOutside));
        if (!problem)
            return;
        warning(std::move(field), *problem);
        m_findings.back().isOutside = true;
    }

    void script(const std::string &written, std::string field)
    {
        const auto text = ScriptFile(written, m_options.folder, m_options.allowOutside).current();
        if (!text) {
            warning(std::move(field), text.error().message);
            m_findings.back().isOutside = true;
            return;
        }
        if (!m_options.scripting)
            return;
        Result<void> checked = m_options.scripting->check(**text);
        if (checked && field == "helpers") {
            if (const auto functions = m_options.scripting->functions(**text); !functions)
                checked = functions.error();
        }
        if (checked)
            return;
        error(std::move(field), checked.error().text());
        m_findings.back().isOutside = true;
    }

    void endpoint(const Endpoint &value)
    {
        m_endpoint = value.id;
        m_origin = value.origin;
        if (auto pattern = parsePathPattern(value.path, m_server.base);
            pattern && pattern->hasRegex()) {
            const auto index
                = RouteIndex::build({{0, value.methods, *std::move(pattern), value.priority}},
                                    {m_server.ignoreTrailingSlash, m_server.caseInsensitivePaths});
            if (!index) {
                error("path", index.error().message);
                m_findings.back().origin = value.origin;
            }
        }
        behaviour(value.behaviour);
        for (const Response &one : value.responses)
            response(one);
        m_endpoint.clear();
        m_origin = {};
    }

    void folders(const std::vector<Item> &items, const ItemPath &path)
    {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Folder *folder = items[i].folder();
            if (!folder)
                continue;
            ItemPath own = path;
            own.push_back(i);
            m_folder = own;
            behaviour(folder->behaviour);
            m_folder.clear();
            folders(folder->items, own);
        }
    }

    const Server &m_server;
    const CompileOptions &m_options;
    std::vector<Finding> m_findings;
    std::string m_endpoint;
    SourceMark m_origin; ///< of the endpoint
    std::string m_response;
    ItemPath m_folder;
};

} // namespace

std::vector<Finding> compileFindings(const Server &server, const CompileOptions &options)
{
    return Finder(server, options).run();
}

} // namespace understudy
