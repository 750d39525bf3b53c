// SPDX-License-Identifier: Apache-2.0
// Whatever arrives on a socket: the parser must neither crash nor let its verdict depend on how the
// bytes were cut, and what it accepts must be what it was given.
#include "core/http/request_parser.h"
#include "core/match/multipart.h"
#include "core/match/request_view.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace understudy;

namespace {

struct Verdict
{
    std::vector<http::Request> requests;
    int failure = 0;
    bool operator==(const Verdict &) const = default;
};

Verdict parse(std::string_view input, std::size_t piece)
{
    Verdict verdict;
    http::ParserOptions options;
    options.headLimit = 4096;
    options.bodyLimit = 65'536;
    http::RequestParser parser(options);
    while (!input.empty()) {
        std::string_view part = input.substr(0, piece);
        input.remove_prefix(part.size());
        while (!part.empty()) {
            part.remove_prefix(parser.feed(part));
            if (parser.failure()) {
                verdict.failure = parser.failure()->status;
                return verdict;
            }
            if (parser.isComplete())
                verdict.requests.push_back(parser.take());
        }
    }
    return verdict;
}

void touchEverything(const http::Request &request)
{
    const ConnectionFacts facts;
    const RequestView view(request, facts);
    view.path();
    view.host();
    view.query();
    view.cookies();
    view.form();
    view.parts();
    view.json();
    view.xml();
    static_cast<void>(view.jwtClaims());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const Verdict whole = parse(input, size + 1);
    if (!(parse(input, 1) == whole) || !(parse(input, 7) == whole))
        std::abort();
    for (const http::Request &request : whole.requests) {
        if (input.find(request.head.raw()) == std::string_view::npos)
            std::abort();
        touchEverything(request);
    }
    return 0;
}
