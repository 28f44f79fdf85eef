class DropNote < ActiveRecord::Migration[7.1]
  def change
    remove_column :orders, :note, :string
  end
end
