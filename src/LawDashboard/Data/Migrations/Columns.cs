using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace LawDashboard.Data.Migrations;

/// <summary>Columns that both databases know under different names.</summary>
static class Columns
{
    /// <summary>A key that the database counts up itself.</summary>
    public static OperationBuilder<AddColumnOperation> Identity<T>(this ColumnsBuilder table) =>
        table.Column<T>(nullable: false).Annotation("Sqlite:Autoincrement", true)
            .Annotation("Npgsql:ValueGenerationStrategy", Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

    /// <summary>A column of <see cref="Data.FieldValues"/>.</summary>
    public static OperationBuilder<AddColumnOperation> FieldValues(this ColumnsBuilder table, string? provider) =>
        table.Column<string>(type: Providers.FieldValuesType(provider), nullable: false);
}
