// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/helper.h"
#include "core/template/syntax.h"
#include "core/template/template.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::handlebars {

/// A context and the ones around it: what `../` leads to.
struct ContextFrame
{
    const Value *value = nullptr;
    const ContextFrame *parent = nullptr;
};

/// The block parameters of a block, `as |a b|`, and of those around it.
struct ParamFrame
{
    const std::vector<std::string> *names = nullptr;
    std::span<const Value> values;
    const ParamFrame *parent = nullptr;
};

struct State;

/// Partials that a program defines itself.
struct InlineFrame
{
    struct Definition
    {
        std::string name;
        const Program *program;
    };
    std::vector<Definition> definitions;
    const State *state = nullptr; ///< where they were defined
    const InlineFrame *parent = nullptr;
};

/// What `{{> @partial-block}}` stands for in a partial.
struct PartialBlock
{
    const Program *program = nullptr;
    const State *state = nullptr; ///< where the partial was called
};

/// Where rendering stands. All of it lies on the stack of the thread that renders.
struct State
{
    const ContextFrame *contexts = nullptr;
    DataFrame *data = nullptr;
    const ParamFrame *params = nullptr;
    const InlineFrame *partials = nullptr;
    const PartialBlock *partialBlock = nullptr;
};

/// As messages name things.
std::string inDoubleQuotes(std::string_view name);

/// Walks a template and writes what it says. Lives for one rendering.
class Renderer
{
public:
    Renderer(std::string &out, const TemplateOptions &options, RenderScope *scope,
             const RenderOptions &limits);

    Result<void> run(const Program &root, const Value &context);

    Value evaluate(const Expression &expression, const State &state);
    void render(const Program &program, const State &state);
    /// `program` with a context, in `state`; the context is a level of its own if it is another.
    void renderIn(const Program &program, const State &state, const Value &context, DataFrame *data,
                  std::span<const Value> blockParams);
    void emit(const Value &value, bool isEscaped);

    void fail(std::string message, Position at);
    bool hasFailed() const { return m_error.has_value(); }
    /// Counts a step. False if rendering is to end.
    bool step(Position at);
    /// Counts what a helper is about to copy. False if rendering is to end.
    bool take(std::size_t bytes, Position at);
    /// Whether a helper may make a text of so many bytes. False if rendering is to end.
    bool fits(std::size_t bytes, Position at);
    /// Counts what a helper made, beside the output.
    void count(const Value &made);

    std::string &output() { return *m_out; }
    void redirect(std::string &out) { m_out = &out; }
    RenderScope *scope() const { return m_scope; }

private:
    friend class HelperCall;

    Value lookUp(const Path &path, const State &state, bool isWanted);
    Value lookUpFirst(const Path &path, const State &state, std::size_t &next);
    Value lookUpVariable(const Path &path, std::size_t &next);
    Value lookUpData(const Path &path, const State &state, std::size_t &next);
    Value member(const Value &of, const std::string &name, const Path &path, bool isLast);
    /// What answers a call: a row of the dialect, or a helper of the server's own where its name is
    /// no value; null for none.
    const Helper *helperOf(const Call &call, const State &state);
    Value call(const Call &call, const State &state, const Block *block);
    void renderBlock(const Block &block, const State &state);
    void renderSection(const Block &block, const State &state, const Value &value);
    void define(const Program &program, const State &state, InlineFrame &frame);
    void renderPartial(const Partial &partial, const State &state);
    void callPartial(const Program &program, const Partial &partial, const State &state,
                     const State &around);
    std::string partialName(const Partial &partial, const State &state);

    std::string *m_out;
    const TemplateOptions &m_options;
    RenderScope *m_scope;
    const RenderOptions &m_limits;
    const Value *m_root = nullptr;
    std::optional<Error> m_error;
    std::uint64_t m_steps = 0;
    std::size_t m_made = 0; ///< bytes of texts and lists that helpers made
    int m_depth = 0;
};

} // namespace understudy::handlebars
