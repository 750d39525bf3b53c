// SPDX-License-Identifier: GPL-3.0-or-later
// The body as a template: what is offered while it is typed, and what it comes to.
#include "ui/panels/endpoint/body_tab.h"

#include "ui/panels/endpoint/preview_pane.h"
#include "ui/services/template_words.h"
#include "ui/widgets/template_completer.h"
#include "ui/widgets/tool_button.h"

#include <QCheckBox>
#include <QStyle>
#include <QToolButton>

namespace understudy::ui {

void BodyTab::makeTemplateRow()
{
    m_template->setObjectName(QStringLiteral("bodyTemplateCheck"));
    m_previewToggle->setCheckable(true);
    m_previewToggle->setToolTip(tr("Show what this response sends for a request"));
    m_preview->hide();
    connect(m_template, &QCheckBox::clicked, this, &BodyTab::setTemplate);
    connect(m_previewToggle, &QToolButton::toggled, this, &BodyTab::updatePreview);
}

void BodyTab::setTemplate(bool isOn)
{
    m_isTemplate = isOn;
    startCheck();
    Q_EMIT changeRequested(tr("Template"), [isOn](Response &r) { r.isTemplate = isOn; }, {});
}

/// A body that holds braces and is sent as it is says so.
void BodyTab::showTemplateHint()
{
    const bool isMissed = !m_isTemplate && m_editor->bytes().contains("{{");
    m_template->setText(isMissed ? tr("Template is off") : tr("Template"));
    m_template->setToolTip(
        isMissed
            ? tr("{{…}} is sent as it is; switch this on to render it for each request")
            : tr("Render {{…}} in the body and the headers for each request; whose helpers they "
                 "have is chosen under More"));
    m_template->setProperty("role", isMissed ? QStringLiteral("warning") : QString());
    style()->unpolish(m_template);
    style()->polish(m_template);
}

void BodyTab::showTemplate(const ResponseView &view)
{
    m_template->setChecked(m_isTemplate);
    m_completer->setNames(m_isTemplate
                              ? std::optional(templateNames(view.server, view.endpoint, m_dialect))
                              : std::nullopt);
    m_preview->setObject(view.ref.serverId + u'/' + view.ref.endpointId);
    m_preview->refreshSoon();
}

/// There is something to see where it is not what stands in the editor already.
void BodyTab::updatePreview()
{
    const Body::Kind kind = shownKind();
    const bool isSeen = kind == Body::Kind::Bucket || kind == Body::Kind::Script
                        || (m_isTemplate && kind != Body::Kind::Base64 && kind != Body::Kind::None);
    m_previewToggle->setVisible(isSeen);
    m_preview->setVisible(isSeen && m_previewToggle->isChecked());
}

} // namespace understudy::ui
