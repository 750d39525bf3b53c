// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/servers.h"

#include "core/base/text.h"

#include <algorithm>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kMostBases = 4;

/// The address with the defaults of its variables.
std::string withVariables(Document &document, Element server)
{
    const std::string url = server.text("url");
    std::string out;
    std::size_t at = 0;
    while (at < url.size()) {
        const std::size_t open = url.find('{', at);
        const std::size_t close = open == std::string::npos ? open : url.find('}', open);
        if (close == std::string::npos)
            break;
        out += url.substr(at, open - at);
        const std::string name = url.substr(open + 1, close - open - 1);
        const Element variable = document.child(document.child(server, "variables"), name);
        const Element choices = variable.at("enum");
        if (variable.at("default").isScalar())
            out += variable.text("default");
        else
            out += choices.isList() && choices.size() > 0 ? choices.entry(0).node->text : name;
        document.changedOften("addresses of servers have the defaults of their variables", server);
        at = close + 1;
    }
    return out + url.substr(at);
}

/// The path of an address, as `Server::base` has it.
std::string pathOfAddress(std::string_view url)
{
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(std::min(url.find('/', scheme + 3), url.size()));
    else if (url.starts_with("//"))
        url.remove_prefix(std::min(url.find('/', 2), url.size()));
    url = url.substr(0, url.find_first_of("?#"));
    while (url.starts_with("./"))
        url.remove_prefix(2);
    std::string out;
    for (const char c : url) {
        const bool isBrace = c == '{' || c == '}';
        if (isBrace || static_cast<unsigned char>(c) <= ' ' || c == 0x7F || c == '*')
            out += isBrace ? (c == '{' ? "%7B" : "%7D") : c == '*' ? "%2A" : "%20";
        else if (c != '/' || out.empty() || out.back() != '/')
            out += c;
    }
    while (out.ends_with('/') || out == ".")
        out.pop_back();
    return out.empty() || out.front() == '/' ? out : "/" + out;
}

} // namespace

std::vector<std::string> basePathsOf(Document &document, Element operation, Element pathItem)
{
    if (document.isSwagger())
        return {pathOfAddress(document.root().text("basePath"))};
    Element servers;
    for (const Element holder : {operation, pathItem, document.root()}) {
        servers = document.child(holder, "servers");
        if (servers.isList() && servers.size() > 0)
            break;
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; servers.isList() && i < servers.size(); ++i) {
        const Element server = document.resolve(servers.entry(i));
        std::string base = pathOfAddress(withVariables(document, server));
        if (std::find(out.begin(), out.end(), base) != out.end())
            continue;
        if (out.size() == kMostBases) {
            document.notServedOften("there are more servers with paths of their own than "
                                        + std::to_string(kMostBases)
                                        + "; this one and those behind it "
                                          "do not answer",
                                    server);
            break;
        }
        out.push_back(std::move(base));
    }
    if (out.empty())
        out.emplace_back();
    return out;
}

} // namespace understudy::formats::openapi
