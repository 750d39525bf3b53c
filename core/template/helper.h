// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/value.h"

#include <algorithm>
#include <array>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::handlebars {

class Renderer;
struct RenderScope;
struct Call;
struct Block;
struct State;

/// Values that loops and helpers give names to: `@index`, `@first`, and those of `setVar`.
class DataFrame
{
public:
    /// Copy: not a level of its own for `@../`, which leads from the one that it is a copy of.
    enum class Kind { Level, Copy };

    explicit DataFrame(DataFrame *parent = nullptr, Kind kind = Kind::Level)
        : m_parent(parent)
        , m_above(kind == Kind::Copy && parent ? parent->m_above : parent)
    {}

    /// What `@../` leads to.
    DataFrame *above() const { return m_above; }
    /// Here or in the frames around it; null if nowhere.
    const Value *find(std::string_view name) const;
    void set(std::string_view name, Value value);
    /// Forgets what was set behind the first `count`.
    void keep(std::size_t count) { m_values.resize(std::min(count, m_values.size())); }
    std::size_t size() const { return m_values.size(); }

private:
    DataFrame *m_parent;
    DataFrame *m_above;
    std::vector<std::pair<std::string, Value>> m_values;
};

/// One call of a helper: what it was given, and what it may do. Lives for the call.
class HelperCall
{
public:
    using Hash = std::vector<std::pair<std::string_view, Value>>;

    HelperCall(Renderer &renderer, const State &state, const Call &call, const Block *block);
    HelperCall(const HelperCall &) = delete;
    HelperCall &operator=(const HelperCall &) = delete;

    std::span<const Value> arguments() const { return m_arguments; }
    std::size_t size() const { return m_arguments.size(); }
    /// Undefined where there is none.
    const Value &operator[](std::size_t index) const;
    const Hash &hash() const { return m_hash; }
    /// Undefined where it has none.
    const Value &option(std::string_view name) const;

    const Value &context() const;
    const Value *data(std::string_view name) const;
    /// Into the frame that the call stands in (`setVar`).
    void setData(std::string_view name, Value value);
    bool isBlock() const { return m_block != nullptr; }
    std::string_view name() const;
    /// Where the request, the state and chance come from; null outside of a server.
    RenderScope *scope() const;

    /// Renders what stands in the block, or behind its `{{else}}`, to the output: with the context
    /// of the call or another, `frame` for its `@` values, and values for its block parameters.
    void body() { body(context()); }
    void body(const Value &context, DataFrame *frame = nullptr,
              std::initializer_list<Value> blockParams = {});
    void inverse();
    /// The block as a text, instead of to the output.
    std::string captured(DataFrame *frame = nullptr);
    /// What stands behind its `{{else}}` as a text.
    std::string capturedInverse();
    /// Walks a list or an object while the loop may go on: what it holds, its key (the place in a
    /// list), its place, and how many there are. How many there are; 0 for anything else.
    std::size_t walk(const Value &all,
                     const std::function<void(const Value &item, const Value &key,
                                              std::size_t index, std::size_t count)> &visit);
    /// A frame for the body's `@` values, in the one of the call.
    DataFrame frame(DataFrame::Kind kind = DataFrame::Kind::Level) const;
    std::string &output();

    /// A value as a part of what the helper makes. It is a copy, so it counts; null, and the
    /// template has failed, where that is too much or nested deeper than documents may be.
    JsonValue copied(const Value &value);
    /// The same of a whole list; empty where `value` is none.
    JsonArray copiedList(const Value &value);

    /// The template ends with an error; the value does not matter any more.
    Value fail(std::string message);
    bool hasFailed() const;
    /// Counts what the rendering keeps beside its output, such as values that have names.
    void keeps(const Value &value);
    /// Whether a text of so many bytes may be; the template has failed where it may not. Helpers
    /// that multiply texts ask on the way.
    bool fits(std::size_t bytes);
    /// Whether a loop may go on: nothing has failed, and the limits are not reached.
    bool mayGoOn();

private:
    static constexpr std::size_t kFew = 4;

    template<class Render>
    std::string redirected(const Render &render);

    Renderer &m_renderer;
    const State &m_state;
    const Call &m_call;
    const Block *m_block;
    std::array<Value, kFew> m_few; ///< arguments, unless there are more
    std::vector<Value> m_many;
    std::span<const Value> m_arguments;
    Hash m_hash;
};

using HelperFunction = Value (*)(HelperCall &call);

/// A row of a table of helpers: what the engine calls, and what help and completion show.
struct Helper
{
    std::string_view name;
    std::string_view arguments; ///< "text search [position]"
    std::string_view text;      ///< one sentence
    HelperFunction call;
};

/// The helpers of a dialect, by name. Immutable.
class HelperTable
{
public:
    /// Later rows replace earlier ones of the same name.
    explicit HelperTable(const std::vector<std::span<const Helper>> &parts);

    const Helper *find(std::string_view name) const;
    /// In the order of their names.
    const std::vector<const Helper *> &rows() const { return m_rows; }

private:
    std::vector<const Helper *> m_rows;
};

/// `if`, `unless`, `each`, `with`, `lookup`, `log`: what every Handlebars knows.
std::span<const Helper> builtinHelpers();

} // namespace understudy::handlebars
