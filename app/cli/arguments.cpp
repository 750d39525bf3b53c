// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include <algorithm>
#include <charconv>

namespace understudy::cli {
namespace {

constexpr OptionSpec helpOption{"help", "", "show this text", 'h'};

Error usageError(std::string message) { return {ErrorCode::Invalid, std::move(message), {}}; }

const OptionSpec *findByName(const CommandSpec &spec, std::string_view name)
{
    if (name == helpOption.name)
        return &helpOption;
    const auto found = std::ranges::find(spec.options, name, &OptionSpec::name);
    return found == spec.options.end() ? nullptr : &*found;
}

const OptionSpec *findByLetter(const CommandSpec &spec, char letter)
{
    if (letter == helpOption.letter)
        return &helpOption;
    const auto found = std::ranges::find(spec.options, letter, &OptionSpec::letter);
    return found == spec.options.end() ? nullptr : &*found;
}

Error unknownOption(const CommandSpec &spec, std::string_view written, std::string_view name)
{
    std::vector<std::string_view> known{helpOption.name};
    for (const OptionSpec &option : spec.options)
        known.push_back(option.name);
    std::string message = "unknown option " + std::string(written);
    if (const std::string nearest = nearestName(name, known); !nearest.empty())
        message += "; did you mean --" + nearest + "?";
    return usageError(std::move(message));
}

/// An option word taken apart: which option, and its value if that stands in the same word.
struct OptionWord
{
    const OptionSpec *option = nullptr;
    std::optional<std::string_view> value;
};

Result<OptionWord> splitOption(const CommandSpec &spec, std::string_view word)
{
    OptionWord split;
    if (word.starts_with("--")) {
        const std::string_view body = word.substr(2);
        const std::size_t equals = body.find('=');
        const std::string_view name = body.substr(0, equals);
        split.option = findByName(spec, name);
        if (!split.option)
            return unknownOption(spec, word.substr(0, name.size() + 2), name);
        if (equals != std::string_view::npos)
            split.value = body.substr(equals + 1);
    } else {
        split.option = findByLetter(spec, word[1]);
        if (!split.option)
            return unknownOption(spec, word.substr(0, 2), word.substr(1));
        if (word.size() > 2)
            split.value = word.substr(2);
    }
    return split;
}

std::string columns(std::string_view left, std::string_view right)
{
    constexpr std::size_t width = 26;
    std::string line = "  " + std::string(left);
    line.resize(std::max(line.size() + 2, width), ' ');
    return line + std::string(right) + "\n";
}

std::string optionColumn(const OptionSpec &option)
{
    std::string text = option.letter ? std::string{'-', option.letter, ',', ' '} : std::string{};
    text += "--" + std::string(option.name);
    if (!option.value.empty())
        text += " " + std::string(option.value);
    return text;
}

} // namespace

Result<Arguments> Arguments::parse(const CommandSpec &spec, std::span<const std::string_view> words)
{
    Arguments parsed;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word == "--") {
            parsed.m_operands.insert(parsed.m_operands.end(), words.begin() + i + 1, words.end());
            break;
        }
        if (word.size() < 2 || word[0] != '-') {
            parsed.m_operands.emplace_back(word);
            continue;
        }
        const auto split = splitOption(spec, word);
        if (!split)
            return split.error();
        const OptionSpec &option = *split->option;
        std::optional<std::string_view> value = split->value;
        const std::string shown = "--" + std::string(option.name);
        if (option.value.empty() && value)
            return usageError(shown + " takes no value");
        if (!option.value.empty() && !value) {
            if (i + 1 == words.size())
                return usageError(shown + " needs a value (" + std::string(option.value) + ")");
            value = words[++i];
        }
        if (!parsed.m_values.emplace(option.name, value.value_or("")).second)
            return usageError(shown + " is given twice");
    }
    return parsed;
}

std::optional<std::string> Arguments::text(std::string_view option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<std::uint64_t>> Arguments::number(std::string_view option, std::uint64_t least,
                                                       std::uint64_t most) const
{
    const std::optional<std::string> written = text(option);
    if (!written)
        return std::optional<std::uint64_t>{};
    std::uint64_t number = 0;
    const char *end = written->data() + written->size();
    const auto [stopped, problem] = std::from_chars(written->data(), end, number);
    if (problem != std::errc{} || stopped != end || number < least || number > most) {
        return usageError("--" + std::string(option) + " takes a whole number from "
                          + std::to_string(least) + " to " + std::to_string(most) + ", not \""
                          + *written + "\"");
    }
    return std::optional(number);
}

std::string helpText(const CommandSpec &spec)
{
    std::string text = "Usage: understudy-cli " + std::string(spec.name);
    if (!spec.options.empty())
        text += " [OPTION]...";
    if (!spec.operands.empty())
        text += " " + std::string(spec.operands);
    text += "\n" + std::string(spec.summary) + "\n\nOptions:\n";
    for (const OptionSpec &option : spec.options)
        text += columns(optionColumn(option), option.help);
    text += columns(optionColumn(helpOption), helpOption.help);
    if (!spec.notes.empty())
        text += "\n" + std::string(spec.notes) + "\n";
    return text;
}

} // namespace understudy::cli
