// SPDX-License-Identifier: Apache-2.0
#include "core/template/tag.h"

namespace understudy::handlebars {

namespace {

/// The place behind `else`, if that stands here alone; else 0.
std::size_t behindElse(const Scanner &scanner)
{
    Scanner ahead = scanner;
    ahead.skipBlanks();
    if (!ahead.skip("else"))
        return 0;
    const char next = ahead.peek();
    return next == '~' || next == '}' || isBlank(next) ? ahead.at() : 0;
}

bool isClosedHere(const Scanner &scanner)
{
    Scanner ahead = scanner;
    ahead.skipBlanks();
    ahead.skip("~");
    return ahead.skip("}}");
}

} // namespace

Opened openTag(Scanner &scanner)
{
    Opened out;
    out.begin = scanner.at();
    if (scanner.skip("{{{{")) {
        out.tag = scanner.skip("/") ? Tag::RawEnd : Tag::RawBlock;
        return out;
    }
    scanner.skip("{{");
    out.strips = scanner.skip("~");
    if (scanner.skip("#")) {
        if (scanner.skip(">")) {
            out.tag = Tag::PartialBlock;
        } else {
            out.tag = Tag::Block;
            out.isDecorator = scanner.skip("*");
        }
    } else if (scanner.skip(">")) {
        out.tag = Tag::Partial;
    } else if (scanner.skip("/")) {
        out.tag = Tag::End;
    } else if (scanner.skip("&")) {
        out.tag = Tag::Ampersand;
    } else if (scanner.skip("{")) {
        out.tag = Tag::Unescaped;
    } else if (scanner.skip("*")) {
        out.tag = Tag::Decorator;
    } else if (scanner.peek() == '!') {
        out.tag = Tag::Comment;
    } else if (scanner.skip("^")) {
        out.tag = isClosedHere(scanner) ? Tag::Else : Tag::Inverse;
    } else if (const std::size_t behind = behindElse(scanner); behind > 0) {
        scanner.moveTo(behind);
        out.tag = isClosedHere(scanner) ? Tag::Else : Tag::ElseChain;
    }
    return out;
}

} // namespace understudy::handlebars
