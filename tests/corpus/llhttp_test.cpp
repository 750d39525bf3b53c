// SPDX-License-Identifier: Apache-2.0
#include "tests/corpus/corpus.h"
#include "tests/support/request_cases.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace understudy::test {
namespace {

/// Where RFC 9110 and 9112 ask for another verdict than the recorded one, and why.
const std::map<std::string, std::string> &rfcDecides()
{
    static const std::map<std::string, std::string> cases{
        {"sample: No HTTP version", "HTTP/0.9 is not part of RFC 9112"},
        {"method: SOURCE request with ICE", "RFC 9112 2.3: HTTP-version begins with HTTP"},
        {"method: OPTIONS request with RTSP", "RFC 9112 2.3: HTTP-version begins with HTTP"},
        {"method: ANNOUNCE request with RTSP", "RFC 9112 2.3: HTTP-version begins with HTTP"},
        {"method: PRI request HTTP2", "the HTTP/2 preface: its second half is no HTTP/1.1 request"},
        {"transfer-encoding: POST with `chunked` as last transfer-encoding",
         "RFC 9112 6.1: unknown coding, 501"},
        {"transfer-encoding: POST with `chunked` as last transfer-encoding (multiple headers)",
         "RFC 9112 6.1: unknown coding, 501"},
        {"invalid: Invalid method", "RFC 9110 9.1: any token is a method"},
        {"invalid: HTTP protocol and ANNOUNCE method", "RFC 9110 9.1: any token is a method"},
    };
    return cases;
}

} // namespace

TEST(Llhttp, StrictCasesGetTheExpectedVerdict)
{
    const auto cases = loadCases(corpus() / "http1/llhttp-requests.json");
    ASSERT_EQ(cases.size(), 126U);
    std::size_t decidedByRfc = 0;
    for (const ParserCase &c : cases) {
        const bool differs = rfcDecides().contains(c.name);
        decidedByRfc += differs;
        checkEveryWay(c, c.expected != differs);
    }
    EXPECT_EQ(decidedByRfc, rfcDecides().size()) << "a named case is no longer in the data";
}

TEST(Llhttp, LenienciesAreNotLetThrough)
{
    const auto cases = loadCases(corpus() / "http1/llhttp-requests-lenient.json");
    ASSERT_EQ(cases.size(), 29U);
    for (const ParserCase &c : cases)
        checkEveryWay(c, false);
}

} // namespace understudy::test
