// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/text.h"
#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

/// Texts that are patched, and what became of their lines.
namespace understudy::formats::patching {

inline std::string sample(const char *name)
{
    const auto text
        = readFile(std::string(UNDERSTUDY_SOURCE_DIR "/tests/data/native/patch/") + name);
    EXPECT_TRUE(text) << name;
    return text ? *text : std::string();
}

inline Server readOk(std::string_view text)
{
    native::ReadOutcome outcome = native::read(text, "test.mock.yaml");
    for (const Problem &problem : outcome.problems)
        ADD_FAILURE() << problem.error.text() << "\n" << text;
    return outcome.server;
}

inline std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    for (const std::string_view line : text::split(text, '\n'))
        lines.emplace_back(line);
    return lines;
}

/// How many lines of `before` have another text in `after`, or -1 if their numbers differ.
inline int changedLines(const std::string &before, const std::string &after)
{
    const auto a = linesOf(before);
    const auto b = linesOf(after);
    if (a.size() != b.size())
        return -1;
    int changed = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        changed += a[i] != b[i] ? 1 : 0;
    return changed;
}

/// Patches `text` by `edit` and checks that the result says what the edited server says.
template<class Edit>
std::string patched(const std::string &text, Edit edit)
{
    const Server before = readOk(text);
    Server after = before;
    edit(after);
    assignIds(after);
    std::string out = native::patch(text, before, after);
    EXPECT_EQ(native::write(readOk(out)), native::write(after));
    EXPECT_EQ(readOk(out), after);
    return out;
}

inline Endpoint &endpointOf(Server &server, std::string_view id)
{
    Endpoint *endpoint = findEndpoint(server, id);
    EXPECT_TRUE(endpoint) << id;
    return *endpoint;
}

} // namespace understudy::formats::patching
