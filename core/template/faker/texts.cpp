// SPDX-License-Identifier: Apache-2.0
// Lorem, words, hackers' phrases.
#include "core/template/faker/faker.h"
#include "core/template/faker/words.h"

#include <array>

namespace understudy::faker {

using handlebars::Value;

namespace {

std::string joined(const Arguments &a, std::span<const std::string_view> from, std::int64_t count,
                   std::string_view by = " ")
{
    std::string out;
    for (std::int64_t i = 0; i < count; ++i)
        out.append(i > 0 ? by : "").append(a.pick(from));
    return out;
}

std::string sentenceOf(const Arguments &a, std::int64_t count)
{
    std::string out = joined(a, words::kLorem, count);
    if (!out.empty())
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out + '.';
}

std::string sentencesOf(const Arguments &a, std::int64_t count, std::string_view by)
{
    std::string out;
    for (std::int64_t i = 0; i < count; ++i)
        out.append(i > 0 ? by : "").append(sentenceOf(a, a.draw(3, 10)));
    return out;
}

Value word(const Arguments &a) { return a.pick(words::kLorem); }
Value manyWords(const Arguments &a) { return joined(a, words::kLorem, a.count("wordCount", 3)); }
Value sentence(const Arguments &a) { return sentenceOf(a, a.count("wordCount", a.draw(3, 10))); }
Value sentences(const Arguments &a)
{
    const Value by = a.place(1);
    return sentencesOf(a, a.count("sentenceCount", a.draw(2, 6)), by.isText() ? by.text() : " ");
}
Value paragraph(const Arguments &a) { return sentencesOf(a, a.count("sentenceCount", 3), " "); }
Value paragraphs(const Arguments &a)
{
    const std::string by = a.place(1).isText() ? a.place(1).text() : "\n";
    std::string out;
    const std::int64_t count = a.count("paragraphCount", 3);
    for (std::int64_t i = 0; i < count; ++i)
        out.append(i > 0 ? by : "").append(sentencesOf(a, 3, " "));
    return out;
}
Value lines(const Arguments &a) { return sentencesOf(a, a.count("lineCount", a.draw(1, 5)), "\n"); }
Value slug(const Arguments &a) { return joined(a, words::kLorem, a.count("wordCount", 3), "-"); }
Value someText(const Arguments &a) { return sentencesOf(a, a.draw(1, 4), " "); }

Value noun(const Arguments &a) { return a.pick(words::kNouns); }
Value adjective(const Arguments &a) { return a.pick(words::kAdjectives); }
Value verb(const Arguments &a) { return a.pick(words::kVerbs); }
Value adverb(const Arguments &a) { return std::string(a.pick(words::kAdjectives)) + "ly"; }
Value sampleWord(const Arguments &a)
{
    return a.unit() < 0.5 ? a.pick(words::kNouns) : a.pick(words::kAdjectives);
}
Value wordsOf(const Arguments &a)
{
    return joined(a, words::kNouns, a.count("count", a.draw(1, 3)));
}
Value preposition(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"above", "behind", "between", "near", "under", "with"});
    return a.pick(kWords);
}
Value conjunction(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"and", "because", "but", "or", "while", "yet"});
    return a.pick(kWords);
}
Value interjection(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"ah", "hooray", "oh", "ouch", "phew", "wow"});
    return a.pick(kWords);
}
Value phrase(const Arguments &a)
{
    return "We need to " + std::string(a.pick(words::kVerbs)) + " the "
           + std::string(a.pick(words::kAdjectives)) + ' ' + std::string(a.pick(words::kNouns))
           + '!';
}
Value abbreviation(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"API", "CSS", "HTTP", "JSON", "RAM", "SQL", "TCP", "XML"});
    return a.pick(kWords);
}

constexpr std::array kMethods{
    Method{"lorem.word", word},
    Method{"lorem.words", manyWords},
    Method{"lorem.sentence", sentence},
    Method{"lorem.sentences", sentences},
    Method{"lorem.paragraph", paragraph},
    Method{"lorem.paragraphs", paragraphs},
    Method{"lorem.lines", lines},
    Method{"lorem.slug", slug},
    Method{"lorem.text", someText},
    Method{"word.noun", noun},
    Method{"word.adjective", adjective},
    Method{"word.verb", verb},
    Method{"word.adverb", adverb},
    Method{"word.sample", sampleWord},
    Method{"word.words", wordsOf},
    Method{"word.preposition", preposition},
    Method{"word.conjunction", conjunction},
    Method{"word.interjection", interjection},
    Method{"hacker.noun", noun},
    Method{"hacker.adjective", adjective},
    Method{"hacker.verb", verb},
    Method{"hacker.phrase", phrase},
    Method{"hacker.abbreviation", abbreviation},
};

} // namespace

std::span<const Method> textMethods() { return kMethods; }

} // namespace understudy::faker
