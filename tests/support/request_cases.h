// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/request_parser.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::test {

using namespace http;

/// What a stream of bytes came to: the requests that were whole, and how it ended.
struct Verdict
{
    std::vector<Request> requests;
    int failure = 0;
    bool incomplete = false;
    bool leftover = false; ///< bytes behind a request that closes the connection
    bool operator==(const Verdict &) const = default;
    bool accepted() const { return failure == 0 && !leftover; }
};

/// Feeds `input` in pieces whose sizes `nextPiece` gives, request after request.
template<class NextPiece>
Verdict parseAll(std::string_view input, const ParserOptions &options, NextPiece nextPiece)
{
    Verdict verdict;
    RequestParser parser(options);
    bool open = true;
    while (!input.empty() && open) {
        std::string_view piece = input.substr(0, std::max<std::size_t>(1, nextPiece()));
        while (!piece.empty()) {
            const std::size_t taken = parser.feed(piece);
            piece.remove_prefix(taken);
            input.remove_prefix(taken);
            if (parser.failure()) {
                verdict.failure = parser.failure()->status;
                return verdict;
            }
            if (!parser.isComplete())
                continue;
            open = parser.keepAlive();
            verdict.requests.push_back(parser.take());
            if (!open)
                break;
        }
    }
    verdict.leftover = input.find_first_not_of("\r\n") != std::string_view::npos;
    verdict.incomplete = !parser.isIdle();
    return verdict;
}

inline Verdict parseWhole(std::string_view input, const ParserOptions &options = {})
{
    return parseAll(input, options, [&] { return input.size(); });
}

inline std::string unescape(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        switch (text[++i]) {
        case 'r':
            out += '\r';
            break;
        case 'n':
            out += '\n';
            break;
        case 't':
            out += '\t';
            break;
        case 'x':
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
            break;
        default:
            out += text[i];
        }
    }
    return out;
}

/// Bytes and whether they are well-formed requests.
struct ParserCase
{
    std::string name;
    std::string input;
    bool expected = false;
    std::string notes;
};

/// A list of objects with `name`, `input_bytes_escaped`, `expected` (accepted or rejected),
/// `notes`.
inline std::vector<ParserCase> loadCases(const std::filesystem::path &file)
{
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    std::vector<ParserCase> cases;
    const boost::json::value document = boost::json::parse(text.str());
    for (const auto &value : document.as_array()) {
        const auto &o = value.as_object();
        cases.push_back({std::string(o.at("name").as_string()),
                         unescape(std::string_view(o.at("input_bytes_escaped").as_string())),
                         o.at("expected").as_string() == "accepted",
                         std::string(o.at("notes").as_string())});
        // Bytes that a switched protocol owns are not HTTP.
        const std::string marker = "parsing stops at byte ";
        if (const auto at = cases.back().notes.find(marker); at != std::string::npos)
            cases.back().input.resize(std::stoul(cases.back().notes.substr(at + marker.size())));
    }
    return cases;
}

/// The verdict on a case, whole, byte by byte and cut at random places.
inline void checkEveryWay(const ParserCase &c, bool expected)
{
    SCOPED_TRACE(c.name);
    ParserOptions options;
    options.requireHost = false;
    const Verdict whole = parseWhole(c.input, options);
    bool accepted = whole.accepted();
    // An error that the source sees before the line is whole shows here when the peer closes.
    if (!expected && accepted && whole.incomplete)
        accepted = false;
    EXPECT_EQ(accepted, expected) << c.notes << "\nstatus " << whole.failure;
    EXPECT_EQ(parseAll(c.input, options, [] { return 1; }), whole) << "byte by byte";
    std::mt19937 random(42);
    for (int round = 0; round < 20; ++round) {
        EXPECT_EQ(parseAll(c.input, options, [&] { return 1 + random() % 40; }), whole)
            << "round " << round;
    }
}

} // namespace understudy::test
