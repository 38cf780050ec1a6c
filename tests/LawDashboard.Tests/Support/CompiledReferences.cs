using System.Reflection;
using System.Reflection.Emit;

namespace LawDashboard.Tests.Support;

/// <summary>
/// What compiled code mentions: base types, attributes, fields, signatures, and every type, method and field named in the
/// bodies of methods, so that a static call or a generic argument inside a body counts as a dependency. Constants and
/// <c>nameof</c> leave no trace in compiled code.
/// </summary>
static class CompiledReferences
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Every type and member that the type mentions; closures and state machines are types of their own, nested in it.</summary>
    public static IEnumerable<MemberInfo> Of(Type type)
    {
        IEnumerable<MemberInfo?> own = [type.BaseType, .. type.GetInterfaces(), .. Constraints(type.GetGenericArguments()), .. Attributes(type)];
        return own.OfType<MemberInfo>().Concat(type.GetMembers(Declared).SelectMany(Of));
    }

    /// <summary>The types that a mention involves, without arrays, pointers and generic arguments around them.</summary>
    public static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        Type type => Parts(type),
        MethodInfo method => [.. Declaring(method), .. Signature(method), .. Parts(method.ReturnType), .. method.GetGenericArguments().SelectMany(Parts)],
        ConstructorInfo constructor => [.. Declaring(constructor), .. Signature(constructor)],
        FieldInfo field => [.. Declaring(field), .. Parts(field.FieldType)],
        _ => Declaring(member),
    };

    /// <summary>The type that stands in a source file: a closure's or nested type's outermost declaring type.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    static IEnumerable<MemberInfo> Of(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType, .. Attributes(field)],
        MethodInfo method => [method.ReturnType, .. Attributes(method), .. Constraints(method.GetGenericArguments()), .. Parameters(method), .. Body(method)],
        ConstructorInfo constructor => [.. Attributes(constructor), .. Parameters(constructor), .. Body(constructor)],
        // Accessors are methods; nested types are visited by themselves.
        PropertyInfo or EventInfo => Attributes(member),
        _ => [],
    };

    static IEnumerable<MemberInfo> Parameters(MethodBase method) =>
        method.GetParameters().SelectMany(parameter => (IEnumerable<MemberInfo>)[parameter.ParameterType, .. Attributes(parameter.GetCustomAttributesData())]);

    static IEnumerable<MemberInfo> Constraints(IEnumerable<Type> arguments) =>
        arguments.Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints());

    static IEnumerable<MemberInfo> Attributes(MemberInfo member) => Attributes(member.GetCustomAttributesData());

    static IEnumerable<MemberInfo> Attributes(IEnumerable<CustomAttributeData> attributes) => attributes.SelectMany(attribute =>
        (IEnumerable<MemberInfo>)[attribute.Constructor, .. attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue)).SelectMany(TypeArguments)]);

    static IEnumerable<Type> TypeArguments(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [type],
        IEnumerable<CustomAttributeTypedArgument> items => items.SelectMany(TypeArguments),
        _ => [argument.ArgumentType],
    };

    static IEnumerable<MemberInfo> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) return [];
        return [
            .. body.LocalVariables.Select(local => local.LocalType),
            .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType!),
            .. Tokens(body.GetILAsByteArray()!).Select(token => Resolve(method, token)).OfType<MemberInfo>()];
    }

    static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);

    /// <summary>The operands of a body's instructions that name a type, a method or a field.</summary>
    static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? OpCodes[unchecked((short)(0xFE00 | il[at + 1]))] : OpCodes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return BitConverter.ToInt32(il, at);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }

    static IEnumerable<Type> Declaring(MemberInfo member) => member.DeclaringType is { } type ? Parts(type) : [];

    static IEnumerable<Type> Signature(MethodBase method) => method.GetParameters().SelectMany(parameter => Parts(parameter.ParameterType));

    static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsGenericParameter) return [];
        return type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
    }
}
