// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"
#include "core/model/validate.h"
#include "tests/formats/mockoon_environment.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

/// What tests of imports share that read what others have recorded or described.
namespace understudy::test {

inline std::string allMessages(const std::vector<Problem> &problems)
{
    std::string out;
    for (const Problem &problem : problems)
        out += problem.error.text() + '\n';
    return out;
}

/// The endpoints as lists call them, behind the folders that they stand in.
inline std::vector<std::string> labelsOf(const Server &server)
{
    std::vector<std::string> out;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        std::string folders;
        for (const Folder *folder : visit.folders)
            folders += folder->name + '/';
        out.push_back(folders + endpointLabel(visit.endpoint));
    });
    return out;
}

/// The servers of a text that is to be read without an error.
inline std::vector<formats::LoadedServer> loadedFrom(std::string_view text, const std::string &name)
{
    formats::LoadOutcome outcome = formats::loadText(text, name);
    EXPECT_EQ(allMessages(outcome.errors), "");
    return std::move(outcome.servers);
}

inline formats::LoadedServer loadedOne(std::string_view text, const std::string &name)
{
    std::vector<formats::LoadedServer> servers = loadedFrom(text, name);
    if (servers.size() != 1) {
        ADD_FAILURE() << servers.size() << " servers, not one";
        return {};
    }
    return std::move(servers.front());
}

/// The server is valid, and a mock file keeps it as it is.
inline void expectWhole(const Server &server)
{
    for (const Finding &finding : validate(server))
        ADD_FAILURE() << finding.endpointId << ' ' << finding.field << ": " << finding.message;
    const std::string written = formats::native::write(server);
    const auto read = formats::native::read(written, "written.mock.yaml");
    EXPECT_EQ(allMessages(read.problems), "");
    EXPECT_TRUE(read.server == server) << written;
}

/// Whatever is read from a damaged text is whole, and what is not read has a reason and a place.
inline void expectSafe(std::string_view text, const std::string &name, std::string_view format)
{
    const formats::LoadOutcome outcome
        = formats::loadText(text, name, {.format = std::string(format)});
    EXPECT_TRUE(!outcome.servers.empty() || !outcome.errors.empty());
    for (const formats::LoadedServer &loaded : outcome.servers)
        expectWhole(loaded.server);
    for (const Problem &problem : outcome.errors) {
        EXPECT_FALSE(problem.error.message.empty());
        EXPECT_EQ(problem.error.where.file, name);
    }
}

/// The text cut at many places, and with many single bytes changed: the same ones each time.
inline void expectSafeWhenDamaged(const std::string &text, const std::string &name,
                                  std::string_view format, int rounds = 300)
{
    std::mt19937 random(7); // NOLINT(bugprone-random-generator-seed)
    const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
    for (int i = 0; i < rounds; ++i) {
        expectSafe(std::string_view(text).substr(0, below(text.size())), name, format);
        std::string flipped = text;
        for (std::size_t flips = 1 + below(3); flips > 0; --flips)
            flipped[below(flipped.size())] = static_cast<char>(below(256));
        expectSafe(flipped, name, format);
        if (testing::Test::HasFailure()) {
            ADD_FAILURE() << "round " << i << ":\n" << flipped;
            return;
        }
    }
}

/// The text with another value in the place of each of its members: numbers where texts are
/// expected, lists where objects are. `ends`: behind which a value ends.
inline void expectSafeWhenRetyped(std::string_view document, const std::string &name,
                                  std::string_view format, const char *ends = ",}]\n")
{
    const std::string text(document);
    for (std::size_t at = text.find(": "); at != std::string::npos; at = text.find(": ", at + 1)) {
        const std::size_t end = std::min(text.find_first_of(ends, at), text.size());
        for (const char *strange :
             {"1", "[]", "{}", "null", "true", "-1", "1e999", R"("")", R"("(")", R"("{")",
              R"([[1], {"a": 1}])", R"({"a": {"b": [1]}})", R"("\u0000\n")"})
            expectSafe(text.substr(0, at + 2) + strange + text.substr(end), name, format);
        if (testing::Test::HasFailure()) {
            ADD_FAILURE() << "at " << at;
            return;
        }
    }
}

} // namespace understudy::test
