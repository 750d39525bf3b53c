// SPDX-License-Identifier: Apache-2.0
#include "core/model/rule.h"

namespace understudy {

namespace {

using Kind = RuleTarget::Kind;

constexpr std::string_view kExpression = "expression:";

struct TargetName
{
    Kind kind;
    std::string_view text;
    bool takesName;
};

// `body` with a path is told apart by the path's first character and stands in the functions below.
const std::vector<TargetName> &targetNames()
{
    static const std::vector<TargetName> names{
        {Kind::Method, "method", false},
        {Kind::Path, "path", false},
        {Kind::Url, "url", false},
        {Kind::Body, "body", false},
        {Kind::Host, "host", false},
        {Kind::Port, "port", false},
        {Kind::Scheme, "scheme", false},
        {Kind::Client, "client", false},
        {Kind::ClientCertificateSubject, "client.certificate.subject", false},
        {Kind::Count, "count", false},
        {Kind::PathParameter, "path", true},
        {Kind::Query, "query", true},
        {Kind::Header, "header", true},
        {Kind::Cookie, "cookie", true},
        {Kind::Form, "form", true},
        {Kind::Part, "part", true},
        {Kind::State, "state", true},
        {Kind::Bucket, "bucket", true},
        {Kind::Jwt, "jwt", true},
    };
    return names;
}

} // namespace

std::string ruleTargetText(const RuleTarget &target)
{
    if (target.kind == Kind::BodyJsonPath || target.kind == Kind::BodyXPath)
        return "body:" + target.name;
    if (target.kind == Kind::Expression)
        return std::string(kExpression) + (target.path.empty() ? "" : target.path + ':')
               + target.name;
    for (const TargetName &entry : targetNames()) {
        if (entry.kind != target.kind)
            continue;
        std::string out(entry.text);
        if (entry.takesName)
            out += '.' + target.name;
        if (target.kind == Kind::Bucket && !target.path.empty())
            out += ':' + target.path;
        return out;
    }
    return {};
}

bool parseRuleTarget(std::string_view text, RuleTarget &target)
{
    target = {};
    if (text.starts_with("body:")) {
        target.name = text.substr(5);
        if (target.name.starts_with('$'))
            target.kind = Kind::BodyJsonPath;
        else if (target.name.starts_with('/'))
            target.kind = Kind::BodyXPath;
        else
            return false;
        return true;
    }
    if (text.starts_with(kExpression)) {
        text.remove_prefix(kExpression.size());
        target.kind = Kind::Expression;
        for (const std::string_view dialect : {"mockoon", "wiremock"}) {
            if (text.starts_with(dialect) && text.substr(dialect.size()).starts_with(':')) {
                target.path = dialect;
                text.remove_prefix(dialect.size() + 1);
            }
        }
        target.name = text;
        return !target.name.empty();
    }
    for (const TargetName &entry : targetNames()) {
        if (!entry.takesName) {
            if (text == entry.text) {
                target.kind = entry.kind;
                return true;
            }
            continue;
        }
        if (text.size() <= entry.text.size() + 1 || !text.starts_with(entry.text)
            || text[entry.text.size()] != '.')
            continue;
        std::string_view name = text.substr(entry.text.size() + 1);
        target.kind = entry.kind;
        if (entry.kind == Kind::Bucket) {
            const std::size_t colon = name.find(':');
            if (colon != std::string_view::npos)
                target.path = name.substr(colon + 1);
            name = name.substr(0, colon);
        }
        target.name = name;
        return !target.name.empty();
    }
    return false;
}

} // namespace understudy
