// SPDX-License-Identifier: Apache-2.0
#include "core/base/shell.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>

using namespace understudy;

namespace {

/// What a shell takes a word for.
std::string readByBash(const std::string &word)
{
    const std::string command = "exec bash -c \"$UNDERSTUDY_TEST_COMMAND\"";
    setenv("UNDERSTUDY_TEST_COMMAND", ("printf %s " + word).c_str(), 1);
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> pipe(popen(command.c_str(), "r"),
                                                                pclose);
    std::string out;
    std::array<char, 4096> block{};
    for (std::size_t n = 0; (n = std::fread(block.data(), 1, block.size(), pipe.get())) > 0;)
        out.append(block.data(), n);
    return out;
}

} // namespace

TEST(Shell, QuotesEveryTextAsOneWord)
{
    for (const std::string &text :
         {std::string("plain"), std::string("it's"), std::string("/a';touch$IFS$9x;'"),
          std::string("A&`id`|b$(id)"), std::string("line\nbreak\r\n"),
          std::string("\x1b[201~;id\n"), std::string("back\\slash"), std::string("'\\\n'\\''"),
          std::string("\x7f\x01 1"), std::string("\xff\xfe z"), std::string("gr\xc3\xbc\xc3\x9f"),
          std::string("a\xe2\x80\xae"
                      "b"),
          std::string("\xc2\x9b"
                      "1m"),
          std::string("!!history"), std::string("a\tb")}) {
        EXPECT_EQ(readByBash(shell::quote(text)), text) << shell::quote(text);
        EXPECT_EQ(readByBash(shell::word(text)), text) << shell::word(text);
    }
    EXPECT_EQ(shell::quote(""), "''");
    EXPECT_EQ(shell::word(""), "''");
    EXPECT_EQ(shell::word("/a/b-c.pem"), "/a/b-c.pem");
}

TEST(Shell, LeavesNoControlByteInAQuotedText)
{
    for (int byte = 0; byte < 256; ++byte) {
        const std::string quoted = shell::quote(std::string("a") + static_cast<char>(byte));
        for (const char c : quoted)
            EXPECT_TRUE(c >= ' ' && c < 0x7F) << byte;
    }
}

TEST(Shell, ShowsOnATerminalWhatItWouldActOn)
{
    EXPECT_EQ(shell::printable("A\nlistening http://evil Shop"), "A\\nlistening http://evil Shop");
    EXPECT_EQ(shell::printable("\x1b]0;title\x07\r"), "\\x1b]0;title\\x07\\r");
    EXPECT_EQ(shell::printable(std::string("\0\x7f\xff", 3)), "\\x00\\x7f\\xff");
    EXPECT_EQ(shell::printable("\xc2\x9b"
                               "31m"),
              "\\xc2\\x9b31m");
    EXPECT_EQ(shell::printable("a\xe2\x80\xaetxt"), "a\\xe2\\x80\\xaetxt");
    EXPECT_EQ(shell::printable("Caf\xc3\xa9\t\\n"), "Caf\xc3\xa9\t\\n");
}

TEST(Shell, BuildsCurlCommandsThatCannotBecomeOthers)
{
    EXPECT_EQ(shell::curlCommand("GET", "http://127.0.0.1:1/"), "curl -i 'http://127.0.0.1:1/'");
    EXPECT_EQ(shell::curlCommand("ANY", "http://h/a"), "curl -i 'http://h/a'");
    EXPECT_EQ(shell::curlCommand("HEAD", "http://h/a"), "curl -i --head 'http://h/a'");
    EXPECT_EQ(shell::curlCommand("A&`id`|b", "http://h/a';touch$IFS$9x;'"),
              R"(curl -i -X 'A&`id`|b' 'http://h/a'\'';touch$IFS$9x;'\''')");
    EXPECT_EQ(shell::curlCommand("GET", "--output=x"), "curl -i --url '--output=x'");
    EXPECT_EQ(shell::curlCommand("GET", "http://h/{a,b}/[1-9999]"),
              "curl -i -g 'http://h/{a,b}/[1-9999]'");
    EXPECT_EQ(shell::curlCommand("GET", "http://h/a/../b"),
              "curl -i --path-as-is 'http://h/a/../b'");
}
