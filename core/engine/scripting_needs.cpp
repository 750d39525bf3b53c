// SPDX-License-Identifier: Apache-2.0
#include "core/engine/scripting_needs.h"

#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/engine/template_text.h"
#include "core/model/edit.h"
#include "core/template/dialects.h"
#include "core/template/faker/faker.h"

#include <algorithm>

namespace understudy {

namespace {

template<class Use>
void forEachResponse(const Server &server, const Use &use)
{
    if (server.fallback)
        use(*server.fallback);
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        for (const Response &response : visit.endpoint.responses)
            use(response);
    });
}

bool isBuiltIn(std::string_view method)
{
    static const std::vector<std::string_view> all = [] {
        auto names = faker::methodNames();
        std::sort(names.begin(), names.end());
        return names;
    }();
    return std::binary_search(all.begin(), all.end(), method);
}

/// Whether a text calls the helper `faker` with a name that is not built in, or not written out.
bool callsRealFaker(std::string_view text)
{
    constexpr std::string_view kHelper = "faker";
    for (std::size_t at = text.find(kHelper); at != std::string_view::npos;
         at = text.find(kHelper, at + 1)) {
        std::string_view rest = text.substr(at + kHelper.size());
        const std::size_t begin = rest.find_first_not_of(" \t\r\n\\");
        if (begin == 0 || begin == std::string_view::npos)
            continue; // a longer word
        rest.remove_prefix(begin);
        if (rest.front() != '\'' && rest.front() != '"')
            return true;
        const std::string_view method = rest.substr(1, rest.find_first_of("'\"\\", 1) - 1);
        if (!isBuiltIn(method))
            return true;
    }
    return false;
}

bool callsRealFaker(const Body &body, bool isTemplate, const std::filesystem::path &folder)
{
    if (!isTemplate)
        return false;
    if (body.kind == Body::Kind::Json)
        return callsRealFaker(writeJson(body.json));
    if (body.kind == Body::Kind::File && isRenderedFile(body.content)) {
        if (hasTemplate(body.content)) // nobody knows which file
            return true;
        const auto content = files::readFileInside(folder, body.content);
        return content && callsRealFaker(*content);
    }
    return callsRealFaker(body.content);
}

bool callsRealFaker(const http::HeaderList &headers, bool isTemplate)
{
    return isTemplate && std::any_of(headers.begin(), headers.end(), [](const auto &field) {
               return callsRealFaker(field.value);
           });
}

bool callsRealFaker(const Rule &rule)
{
    if (const auto *group = std::get_if<RuleGroup>(&rule.node))
        return std::any_of(group->rules.begin(), group->rules.end(),
                           [](const Rule &child) { return callsRealFaker(child); });
    const auto &leaf = std::get<RuleLeaf>(rule.node);
    return leaf.target.kind == RuleTarget::Kind::Expression && callsRealFaker(leaf.target.name);
}

bool callsRealFaker(const Response &response, const std::filesystem::path &folder)
{
    const JsonValue *notFound = response.extensions.find("x-mockoon-fallbackTo404");
    if (notFound && notFound->ifString() && callsRealFaker(*notFound->ifString()))
        return true;
    if (response.isTemplate
        && (callsRealFaker(response.statusTemplate) || callsRealFaker(response.delay)))
        return true;
    if (callsRealFaker(response.headers, response.isTemplate)
        || callsRealFaker(response.body, response.isTemplate, folder)
        || (response.when && callsRealFaker(*response.when)))
        return true;
    return std::any_of(response.callbacks.begin(), response.callbacks.end(),
                       [&](const Callback &callback) {
                           return callsRealFaker(callback.headers, callback.isTemplate)
                                  || callsRealFaker(callback.body, callback.isTemplate, folder)
                                  || (callback.isTemplate && callsRealFaker(callback.url));
                       });
}

} // namespace

ScriptUse::ScriptUse(const Server &server, std::filesystem::path folder)
    : m_folder(std::move(folder))
    , m_isInTemplates(!server.helpers.empty() || (!server.locale.empty() && server.locale != "en")
                      || callsRealFaker(server.headers, true))
    , m_isInBuckets(
          std::any_of(server.buckets.begin(), server.buckets.end(), [&](const Bucket &bucket) {
              return bucket.items.isString()
                     && (m_isInTemplates || callsRealFaker(*bucket.items.ifString()));
          }))
{}

bool ScriptUse::of(const Response &response) const
{
    if (m_isInBuckets || response.body.kind == Body::Kind::Script)
        return true;
    const bool isRendered = response.isTemplate || response.when || !response.callbacks.empty()
                            || response.extensions.contains("x-mockoon-fallbackTo404");
    return (m_isInTemplates && isRendered) || callsRealFaker(response, m_folder);
}

bool namesScripts(const Server &server)
{
    bool out = !server.helpers.empty();
    forEachResponse(
        server, [&](const Response &response) { out |= response.body.kind == Body::Kind::Script; });
    return out;
}

bool needsScripting(const Server &server, const std::filesystem::path &folder)
{
    if (!server.helpers.empty() || (!server.locale.empty() && server.locale != "en"))
        return true;
    const ScriptUse use(server, folder);
    bool out = use.isInBuckets();
    forEachResponse(server, [&](const Response &response) { out = out || use.of(response); });
    return out;
}

} // namespace understudy
