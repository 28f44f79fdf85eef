variable "cidr" {
  type    = string
}

output "network_id" {
  value = aws_vpc.main.id
}
