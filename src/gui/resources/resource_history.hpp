#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <vector>

class QListWidget;
class QPushButton;

namespace tocsin::gui {

/// What the journal says of a record, the newest first; the voucher of a movement of stock can be printed again. GUI thread.
class ResourceHistory : public QWidget {
    Q_OBJECT
  public:
    ResourceHistory(const UiContext& ui, QWidget* parent);
    /// A nil id: nothing.
    void show(model::ResourceId id);
    void retranslate();

  private:
    void fill();
    void choose();
    void print();

    UiContext m_ui;
    model::ResourceId m_id;
    std::vector<model::Entry> m_entries;
    QListWidget* m_list;
    QPushButton* m_voucher;
};

} // namespace tocsin::gui
