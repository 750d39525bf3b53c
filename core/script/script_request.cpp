// SPDX-License-Identifier: Apache-2.0
#include "core/script/script_request.h"

#include "core/base/text.h"
#include "core/template/grouped_values.h"

namespace understudy {

namespace {

JsonObject grouped(const NamedValues &values) { return handlebars::GroupedValues::of(values); }

/// Lines of one name as one value (RFC 9110 section 5.3; RFC 9113 section 8.2.3 for cookies).
JsonObject headersOf(const http::RequestHead &head)
{
    JsonObject out;
    for (std::size_t i = 0; i < head.headerCount(); ++i) {
        const std::string name = text::toLower(head.header(i).name);
        if (out.contains(name))
            continue;
        std::string all;
        for (const std::string_view value : head.all(name)) {
            if (!all.empty())
                all += name == "cookie" ? "; " : ", ";
            all += value;
        }
        out.set(name, std::move(all));
    }
    return out;
}

} // namespace

JsonValue scriptRequest(const MatchContext &context)
{
    const RequestView &view = context.request;
    const ConnectionFacts &facts = view.facts();
    JsonObject out{{"method", view.method()},
                   {"path", view.path()},
                   {"target", view.request().head.target()},
                   {"query", grouped(view.query())},
                   {"headers", headersOf(view.request().head)},
                   {"params", grouped(context.pathParameters)},
                   {"cookies", grouped(view.cookies())},
                   {"form", grouped(view.form())},
                   {"body", nullptr},
                   {"host", view.host()},
                   {"client", facts.client},
                   {"tls", facts.tls},
                   {"count", context.count}};
    if (const auto body = view.body(); body && view.request().hasBody)
        out.set("body", *body);
    return out;
}

} // namespace understudy
