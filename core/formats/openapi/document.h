// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document_files.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::openapi {

/// An OpenAPI document with the files it refers to: follows references and collects what an import
/// has to say. One thread.
class Document
{
public:
    /// `source` has a tree that is a map, and outlives this.
    explicit Document(const Source &source);

    Element root();
    /// Version 2.0.
    bool isSwagger() const { return m_isSwagger; }
    /// From version 3.1 on, what stands beside the `$ref` of a schema counts, too.
    bool keepsSiblings() const { return m_keepsSiblings; }

    /// What an element stands for: itself, or where its `$ref` leads, over any number of files.
    /// Empty where that is nothing, circles included, which is noted once.
    Element resolve(Element element);
    Element child(Element parent, std::string_view key) { return resolve(parent.at(key)); }
    /// What the text of a reference in the file of `from` leads to, itself a reference perhaps.
    Element target(const std::string &reference, Element from);

    void changed(const std::string &subject, const std::string &message, Element at);
    void notServed(const std::string &subject, const std::string &message, Element at);
    /// The same for what holds at many places: said once, with their number, at the first.
    void changedOften(const std::string &message, Element at);
    void notServedOften(const std::string &message, Element at);
    /// In the order of the places in each file.
    std::vector<Problem> takeProblems();

private:
    struct Often
    {
        std::string message;
        bool isServed = true;
        Element first;
        std::set<const yaml::Node *> places;
    };

    bool hasRoomForNotes();
    void often(const std::string &message, bool isServed, Element at);
    Element lookUp(const std::string &reference, Element from);
    Element followPointer(DocumentFile &file, std::string_view pointer);
    void noteBroken(const std::string &reference, const std::string &predicate, Element at);

    DocumentFiles m_files;
    bool m_isSwagger = false;
    bool m_keepsSiblings = false;
    int m_depth = 0;
    std::size_t m_notes = 0;
    std::set<const yaml::Node *> m_noted; ///< references that were complained about
    std::vector<Often> m_often;
};

} // namespace understudy::formats::openapi
