"""Money as the API shows it."""

from rest_framework import serializers

from cardmaker.core.money import Money


class MoneyOut(serializers.Serializer[Money]):
    amount_minor = serializers.IntegerField(source="minor")
    currency = serializers.CharField()
    text = serializers.CharField(source="__str__")
