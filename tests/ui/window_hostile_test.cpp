// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"
#include "ui/services/plain_text.h"
#include "ui/widgets/message_bar.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QTabBar>
#include <QTreeView>

using namespace understudy::ui;
using namespace understudy::ui::test;

namespace {

/// What Qt would take for an image, and read.
const QString kImage = QStringLiteral("<img src=\"file:///dev/zero\">");
constexpr const char *kMark = "/dev/zero";

/// Everything in the window that would be read as HTML, with where it stands.
class Walk
{
public:
    void all(QWidget *root)
    {
        QList<QWidget *> widgets = root->findChildren<QWidget *>();
        widgets.prepend(root);
        for (QWidget *widget : std::as_const(widgets)) {
            toolTip(widget->toolTip(), widget);
            if (const auto *menu = qobject_cast<QMenu *>(widget); menu && menu->toolTipsVisible()) {
                for (const QAction *action : menu->actions())
                    toolTip(action->toolTip(), widget);
            }
            if (const auto *label = qobject_cast<QLabel *>(widget))
                labelText(*label);
            if (const auto *bar = qobject_cast<QTabBar *>(widget)) {
                for (int i = 0; i < bar->count(); ++i)
                    toolTip(bar->tabToolTip(i), widget);
            }
            if (const auto *view = qobject_cast<QAbstractItemView *>(widget); view && view->model())
                model(*view->model(), {}, widget);
        }
    }

    QStringList read;  ///< would be read as HTML
    QStringList shown; ///< the places that show hostile text

private:
    static QString nameOf(const QWidget *widget)
    {
        return QString::fromLatin1(widget->metaObject()->className()) + ' ' + widget->objectName();
    }

    void toolTip(const QString &text, const QWidget *widget)
    {
        if (!text.contains(QLatin1String(kMark)))
            return;
        shown << QStringLiteral("tooltip of ") + nameOf(widget);
        if (Qt::mightBeRichText(text) && text.contains(QLatin1String("<img")))
            read << shown.last();
    }

    void labelText(const QLabel &label)
    {
        if (!label.text().contains(QLatin1String(kMark)))
            return;
        shown << QStringLiteral("text of ") + nameOf(&label);
        const bool isPlain = label.textFormat() == Qt::PlainText;
        const bool isEscaped
            = label.textFormat() == Qt::RichText && !label.text().contains(QLatin1String("<img"));
        if (!isPlain && !isEscaped)
            read << shown.last();
    }

    void model(const QAbstractItemModel &of, const QModelIndex &parent, const QWidget *widget)
    {
        for (int row = 0; row < of.rowCount(parent); ++row) {
            for (int column = 0; column < of.columnCount(parent); ++column) {
                const QModelIndex index = of.index(row, column, parent);
                toolTip(index.data(Qt::ToolTipRole).toString(), widget);
                if (column == 0)
                    model(of, index, widget);
            }
        }
    }
};

class WindowHostile : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        const QByteArray image = kImage.toUtf8();
        write(QStringLiteral("api.mock.yaml"),
              "understudy: 1\nname: '" + image + "'\nlisten: {port: "
                  + QByteArray::number(freePort()) + "}\nendpoints:\n- folder: '" + image
                  + "'\n  endpoints:\n  - id: hello\n    name: '" + image
                  + "'\n    path: /hello\n    responses:\n    - name: '" + image
                  + "'\n      when: {'header." + image + "': {equals: '" + image
                  + "'}}\n      headers: {X-Image: '" + image + "'}\n      body: '" + image
                  + "'\n    - name: '" + image + "'\n      headers: {X-Image: '" + image
                  + "'}\n      body: '" + image + "'\n");
        write(QStringLiteral("broken.mock.yaml"), "understudy: 1\n'" + image + "': 1\n");
        write(QStringLiteral("presets.yaml"),
              "faults:\n- name: '" + image + "'\n  description: '" + image
                  + "'\n  behaviour: {faults: [{kind: reset}]}\n'" + image + "': 1\n");
        open();
    }

    void expectPlain(const QString &moment)
    {
        Walk walk;
        walk.all(m_window.get());
        EXPECT_TRUE(walk.read.isEmpty())
            << moment.toStdString() << ": " << walk.read.join(QStringLiteral(", ")).toStdString();
        m_shown += walk.shown;
    }
    bool hasShown(const char *where) const
    {
        return std::any_of(m_shown.begin(), m_shown.end(), [&](const QString &place) {
            return place.contains(QLatin1String(where));
        });
    }

    /// A request with a hostile header.
    void send(const std::string &line)
    {
        understudy::test::LoopbackClient client(portOf(QStringLiteral("api")));
        client.send(line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Image: "
                    + kImage.toStdString() + "\r\n\r\n");
        EXPECT_FALSE(client.readAll().empty());
    }

    QStringList m_shown;
};

} // namespace

TEST_F(WindowHostile, ShowsWhatFilesAndClientsSayAsPlainText)
{
    expectPlain(QStringLiteral("opened"));
    m_window->editors().open(ObjectRef::server(QStringLiteral("broken")), true);
    QApplication::processEvents();
    expectPlain(QStringLiteral("the broken file"));
    EXPECT_TRUE(hasShown("brokenFileMessage"));

    m_window->panel().reveal(ObjectRef::endpoint(QStringLiteral("api"), QStringLiteral("hello")));
    m_window->editors().open(ObjectRef::endpoint(QStringLiteral("api"), QStringLiteral("hello")),
                             true);
    QApplication::processEvents();
    expectPlain(QStringLiteral("the endpoint"));
    m_window->panel().reveal(ObjectRef::server(QStringLiteral("api")));
    trigger("server.start");
    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return state(QStringLiteral("api")) == RowState::Running; }, 5000));
    expectPlain(QStringLiteral("the server"));

    send("GET /hello?" + kImage.toStdString());
    send("GET /hello");
    auto *table = find<QAbstractItemView>("trafficView");
    ASSERT_TRUE(table);
    ASSERT_TRUE(QTest::qWaitFor([table] { return table->model()->rowCount() >= 2; }, 5000));
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        table->setCurrentIndex(table->model()->index(row, 0));
        QApplication::processEvents();
        expectPlain(QStringLiteral("row %1").arg(row));
    }
    EXPECT_TRUE(hasShown("trafficView"));
    EXPECT_TRUE(hasShown("QTableWidget")) << m_shown.join('\n').toStdString();
    EXPECT_TRUE(hasShown("QTreeWidget")) << m_shown.join('\n').toStdString();
}

TEST_F(WindowHostile, ShowsMessagesAndToastsAsPlainText)
{
    auto *bar = m_window->findChild<MessageBar *>();
    ASSERT_TRUE(bar);
    bar->post(QStringLiteral("warning"), QStringLiteral("test/x"), kImage, {});
    auto *toast = m_window->findChild<UndoToast *>();
    ASSERT_TRUE(toast);
    toast->offer(kImage, QStringLiteral("Undo"), [] {});
    expectPlain(QStringLiteral("messages"));
    EXPECT_TRUE(hasShown("bannerText"));
    EXPECT_TRUE(hasShown("toastText"));
}

TEST_F(WindowHostile, ShowsMessageBoxesAndOtherDialogsAsPlainText)
{
    QMessageBox box(QMessageBox::Warning, QStringLiteral("x"), kImage, QMessageBox::Ok,
                    m_window.get());
    box.setInformativeText(kImage);
    box.show();
    QLabel label(kImage);
    label.setToolTip(kImage);
    label.show();
    for (QWidget *widget : {static_cast<QWidget *>(&box), static_cast<QWidget *>(&label)}) {
        Walk walk;
        walk.all(widget);
        EXPECT_FALSE(walk.shown.isEmpty());
        EXPECT_TRUE(walk.read.isEmpty()) << walk.read.join(QStringLiteral(", ")).toStdString();
    }
}

TEST(PlainToolTip, ShowsTheTextItWasGiven)
{
    EXPECT_EQ(plainToolTip(QStringLiteral("a & b\n<c")), QStringLiteral("a & b\n<c"));
    const QString escaped = plainToolTip(kImage);
    EXPECT_TRUE(Qt::mightBeRichText(escaped));
    EXPECT_FALSE(escaped.contains(QLatin1String("<img")));
    EXPECT_TRUE(escaped.contains(QLatin1String("&lt;img")));
}
